import type { Handler } from '../contract.ts';
import { fromEntityTags, matches, toEntityTag } from '../http/entity-tag.ts';
import { toEventRange, toNextCursor } from '../http/event-query.ts';
import { problems } from '../http/problems.ts';
import { toJsonText } from '../http/to-json-text.ts';

/** Returns a page of the events of one device and event type, of a UTC day or a range of instants. */
export const listEvents: Handler<'listEvents'> = async (input, { events, clock }) => {
  const { query, headers, signal } = input;
  const range = toEventRange('listEvents', query);
  if (Array.isArray(range)) return problems.invalidRequest(range);
  const seconds = clock.freshFor(range, new Date());
  const caching = seconds > 0 && { 'Cache-Control': `private, max-age=${seconds}` };
  const toHeaders = (version: Parameters<typeof toEntityTag>[1]) => ({
    ETag: toEntityTag(range, version),
    ...caching,
  });
  const condition = headers['If-None-Match'] ?? '';
  const known = fromEntityTags(condition, range);
  const current = known.length > 0 ? await events.findCurrent(range, known, { signal }) : undefined;
  if (current) return { status: 304, headers: toHeaders(current), body: undefined };
  const page = await events.list(range, { toText: toJsonText, signal });
  const replyHeaders = toHeaders(page.version);
  if (matches(condition, replyHeaders.ETag)) {
    return { status: 304, headers: replyHeaders, body: undefined };
  }
  const body = { events: page.events, ...toNextCursor('listEvents', query, page.next) };
  return { status: 200, headers: replyHeaders, body };
};
