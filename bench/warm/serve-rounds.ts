import { setImmediate as turn } from 'node:timers/promises';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { checkAnswers } from '../harness/check-answers.ts';
import type { Handler } from '../harness/load-handler.ts';
import { loadHandler } from '../harness/load-handler.ts';
import { toGet, toNewEvent, toPost } from '../harness/requests.ts';
import type { Kind, Order, Report } from './order.ts';

const requests: Record<Kind, (nth: number) => APIGatewayProxyEvent> = {
  'valid POST': (nth) => toPost(toNewEvent(nth)),
  'invalid POST': (nth) => toPost({ ...toNewEvent(nth), deviceID: 'a-device', colour: 'red' }),
  GET: () => toGet(),
};
// Made before the clock runs: as from Lambda's runtime, each is fresh, and some contestants change theirs.
const CHUNK = 100;
const SETTLE_MS = 20;

void serve();

async function serve(): Promise<void> {
  const call = await loadHandler(process.argv[2] ?? '');
  process.on('message', async ({ kind, ms }: Order) => {
    // V8 tidies up while nothing is asked of it, and is not done when the next round begins.
    await runRound(call, kind, SETTLE_MS);
    send({ micros: await runRound(call, kind, ms) });
  });
  send({ findings: await checkAnswers(call) });
}

/** @param ms for how long, the making of requests included */
async function runRound(call: Handler, kind: Kind, ms: number): Promise<number> {
  const end = performance.now() + ms;
  let spent = 0;
  let count = 0;
  while (performance.now() < end) {
    const chunk = Array.from({ length: CHUNK }, (_, index) => requests[kind](count + index));
    await turn();
    const start = performance.now();
    for (const request of chunk) await call(request);
    // What was put off until the event loop's next turn, as a stream's end of a write, is part of the request.
    await turn();
    spent += performance.now() - start;
    count += CHUNK;
  }
  return (spent * 1_000) / count;
}

function send(report: Report): void {
  process.send?.(report);
}
