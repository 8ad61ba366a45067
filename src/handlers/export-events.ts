import type { Handler } from '../contract.ts';
import { toEventRange, toNextCursor } from '../http/event-query.ts';
import { lineFormats } from '../http/line-formats.ts';
import { problems } from '../http/problems.ts';

// Until exports are streams, a reply ends where a function's reply is full.
const MAX_EVENTS = 100_000;

/** Returns the events of a range, oldest first, as lines of NDJSON or CSV. */
export const exportEvents: Handler<'exportEvents'> = async ({ query, mediaType }, { events }) => {
  const range = toEventRange({ ...query, order: 'asc', limit: MAX_EVENTS });
  if (Array.isArray(range)) return problems.invalidRequest(range);
  const { header, toLine, toTrailer } = lineFormats[mediaType];
  const page = await events.list(range, toLine);
  const { nextCursor } = toNextCursor(range, page.next);
  const body = `${header}${page.events.map(toLine).join('')}${toTrailer(nextCursor)}`;
  return { status: 200, body };
};
