import { setTimeout as sleep } from 'node:timers/promises';
import type { Input, Services, StreamLimits } from '../../contract.ts';
import type { LivePlace, LiveQuery } from '../../events/live/live-place.ts';
import { MARGIN_MS, moveTo, settle } from '../../events/live/live-place.ts';
import { toJsonText } from '../to-json-text.ts';
import type { LiveStart } from './live-start.ts';
import { toEventId } from './live-start.ts';

type LiveInput = Pick<Input<'streamEvents'>, 'signal' | 'isStillAllowed'>;

/** Why a stream ends by itself. */
type Reason = 'limit' | 'not-allowed' | 'device-deleted';

// How often the database is asked for news: what an event may be late, and what an idle stream costs.
const POLL_MS = 1_000;
// The contract promises a comment each 15 s, and the end of a stream within a minute.
const HEARTBEAT_MS = 13_000;
const CHECK_MS = 5_000;
const DELETION_MS = 20_000;
const RETRY_MS = 2_000;

/**
 * Makes the text of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html), a part when
 * the one before it was taken. A part that has no data still has an id: what comes after it is not lost.
 */
export async function* toLiveText(
  events: Services['events']['live'],
  { live, place: startPlace }: LiveStart,
  { signal, isStillAllowed }: LiveInput,
  { bytes: maxBytes, milliseconds, leave }: StreamLimits & { leave(): Promise<void> },
): AsyncGenerator<string> {
  const end = performance.now() + milliseconds;
  const due = createTimes();
  let bytes = 0;
  try {
    const deleted = await events.findLastDeletion(live, { signal });
    const findReason = async (): Promise<Reason | undefined> => {
      if (performance.now() > end || bytes > maxBytes) return 'limit';
      if (due('check', CHECK_MS) && !(await isStillAllowed())) return 'not-allowed';
      if (!due('deletion', DELETION_MS)) return undefined;
      const last = await events.findLastDeletion(live, { signal });
      return last > deleted ? 'device-deleted' : undefined;
    };
    const place = startPlace ?? (await events.start(live, Date.now(), { signal }));
    yield `retry: ${RETRY_MS}\nid: ${toEventId(live, place)}\n\n`;
    for (;;) {
      const now = Date.now();
      let isCut = false;
      for (const news of await events.findNews(live, place, now, { signal })) {
        const batch = await events.read(live, place, news, { signal });
        isCut ||= batch.isCut;
        let text = '';
        for (const { day, next, event } of batch.steps) {
          moveTo(place, news.eventType, day, next);
          if (event) text += `id: ${toEventId(live, place)}\ndata: ${toJsonText(event)}\n\n`;
        }
        bytes += Buffer.byteLength(text);
        if (text) yield text;
      }
      if (!isCut) settle(place, now - MARGIN_MS);
      const reason = await findReason();
      if (reason) return yield toEnd(live, place, reason);
      if (due('heartbeat', HEARTBEAT_MS)) {
        yield `: heartbeat\nid: ${toEventId(live, place)}\n\n`;
      }
      if (!isCut) await sleep(POLL_MS, undefined, { signal });
    }
  } finally {
    await leave();
  }
}

const toEnd = (live: LiveQuery, place: LivePlace, reason: Reason): string =>
  `retry: ${RETRY_MS}\nid: ${toEventId(live, place)}\nevent: end\ndata: {"reason":"${reason}"}\n\n`;

/** Says whether something was not due for so many milliseconds, counted from the beginning. */
function createTimes(): (name: string, every: number) => boolean {
  const begun = performance.now();
  const times = new Map<string, number>();
  return (name, every) => {
    const now = performance.now();
    if (now - (times.get(name) ?? begun) < every) return false;
    times.set(name, now);
    return true;
  };
}
