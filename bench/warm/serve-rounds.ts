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
// Requests are created before the clock starts; each is new, as from Lambda's runtime, since some contestants change it.
const CHUNK = 100;
const SETTLE_MS = 20;

void serve();

async function serve(): Promise<void> {
  const call = await loadHandler(process.argv[2] ?? '');
  process.on('message', async ({ kind, ms }: Order) => {
    // V8 collects garbage between rounds, and may not have finished when the next one starts.
    await runRound(call, kind, SETTLE_MS);
    send({ micros: await runRound(call, kind, ms) });
  });
  send({ findings: await checkAnswers(call) });
}

/** Runs requests for `ms` milliseconds, including the time to create them; returns microseconds per request. */
async function runRound(call: Handler, kind: Kind, ms: number): Promise<number> {
  const end = performance.now() + ms;
  let spent = 0;
  let count = 0;
  while (performance.now() < end) {
    const chunk = Array.from({ length: CHUNK }, (_, index) => requests[kind](count + index));
    await turn();
    const start = performance.now();
    for (const request of chunk) await call(request);
    // Work deferred to the next turn of the event loop, such as the end of a stream, belongs to the request.
    await turn();
    spent += performance.now() - start;
    count += CHUNK;
  }
  return (spent * 1_000) / count;
}

function send(report: Report): void {
  process.send?.(report);
}
