import { ConnectionError } from '../connection-error.ts';
import type { Event, ExportQuery } from '../contract/api-types.ts';
import type { CallOptions, SendOptions } from '../sending/send.ts';
import { createStreams } from '../sending/streams.ts';
import { parseJson } from './parse-json.ts';
import { toParts } from './to-parts.ts';

/**
 * Iterates over the events of an export while it arrives; holds one piece of it at a time. A response that ends with a
 * cursor is continued. One that breaks off is asked for again, and what was read already is passed over.
 */
export async function* exportEvents<Type extends string>(
  client: SendOptions,
  query: ExportQuery<Type>,
  call?: CallOptions,
): AsyncGenerator<Event<Type>> {
  const streams = createStreams(client, call);
  let next: Next<Type> = { query };
  try {
    for (;;) {
      try {
        const more: Next<Type> | undefined = yield* readResponse(streams, next);
        if (!more) return;
        next = more;
      } catch (error) {
        await streams.retries.failed(error);
        next = resume(next);
      }
    }
  } finally {
    streams.end();
  }
}

/** What to ask for next, and the last line that was read of it. */
type Next<Type extends string> = { query: ExportQuery<Type>; last?: string };

/** Reads one response; returns what to ask for next, or undefined if the export is complete. */
async function* readResponse<Type extends string>(
  { open, retries }: ReturnType<typeof createStreams>,
  next: Next<Type>,
): AsyncGenerator<Event<Type>, Next<Type> | undefined> {
  const headers = { accept: 'application/x-ndjson' };
  let isKnown = next.last !== undefined;
  const text = open({ path: '/events/export', query: next.query, headers });
  for await (const line of toParts(text, '\n')) {
    const item = Object(parseJson(line));
    if (typeof item.deviceID === 'string') {
      if (!isKnown) {
        next.last = line;
        retries.progressed();
        yield item;
      } else if (line === next.last) isKnown = false;
      continue;
    }
    const { complete, nextCursor } = item;
    if (complete !== true && typeof nextCursor !== 'string') break;
    if (isKnown) throw new Error('The export cannot go on: its last event was deleted meanwhile');
    return complete === true ? undefined : { query: { ...next.query, cursor: nextCursor } };
  }
  throw new ConnectionError('The export is incomplete: its last line is missing');
}

function resume<Type extends string>(next: Next<Type>): Next<Type> {
  const { query, last } = next;
  if (query.eventType === undefined || last === undefined) return next;
  // The events of one type are in the order of their dates: the last one begins the rest.
  const { cursor: _, ...range } = query;
  return { query: { ...range, since: (JSON.parse(last) as Event<Type>).date }, last };
}
