import type { Handler } from '../contract.ts';
import { toEventRange, toNextCursor } from '../http/event-query.ts';
import { lineFormats } from '../http/line-formats.ts';
import { problems } from '../http/problems.ts';

// Until exports are streams, a reply ends where a function's reply is full.
const MAX_EVENTS = 100_000;

/** Returns the events of a range, oldest first, as lines of NDJSON or CSV. */
export const exportEvents: Handler<'exportEvents'> = async (input, { events }) => {
  const query = { ...input.query, order: 'asc', limit: MAX_EVENTS } as const;
  const range = toEventRange('exportEvents', query);
  if (Array.isArray(range)) return problems.invalidRequest(range);
  const { header, toLine, toTrailer } = lineFormats[input.mediaType];
  const page = await events.list(range, { toText: toLine, signal: input.signal });
  const { nextCursor } = toNextCursor('exportEvents', query, page.next);
  const body = `${header}${page.events.map(toLine).join('')}${toTrailer(nextCursor)}`;
  return { status: 200, body };
};
