import type { Handler, Input } from '../contract.ts';
import { toCursor } from '../http/cursor.ts';
import { fromEntityTags, matches, toEntityTag } from '../http/entity-tag.ts';
import { toEventRange } from '../http/event-query.ts';
import { problems } from '../http/problems.ts';
import { representations } from '../http/representation.ts';

/** Lists a page of a device's events of one type, in a UTC day or a range of instants. */
export const getEvents: Handler<'getEvents'> = async (input, { events, clock }) => {
  const { query, mediaType } = input;
  const range = toEventRange(query);
  if (Array.isArray(range)) return problems.invalidRequest(range);
  const seconds = clock.freshFor(range, new Date());
  const caching = seconds > 0 ? `private, max-age=${seconds}` : 'private, no-cache';
  const toHeaders = (version: Parameters<typeof toEntityTag>[1]) => ({
    ETag: toEntityTag({ range, mediaType }, version),
    'Cache-Control': caching,
  });
  const condition = input.headers['If-None-Match'] ?? '';
  const known = fromEntityTags(condition, { range, mediaType });
  const current = known.length > 0 ? await events.findCurrent(range, known) : undefined;
  if (current) return { status: 304, headers: toHeaders(current), body: undefined };
  const page = await events.list(range, representations[mediaType].toItemText);
  const headers = toHeaders(page.version);
  if (matches(condition, headers.ETag)) return { status: 304, headers, body: undefined };
  const link = page.next && { Link: toLink(query, page.next) };
  return { status: 200, headers: { ...headers, ...link }, body: page.events };
};

/** A link relative to the request's URL, which holds behind any stage or domain. */
function toLink(query: Input<'getEvents'>['query'], next: Parameters<typeof toCursor>[0]): string {
  const parameters = Object.entries({ ...query, cursor: toCursor(next) });
  const search = new URLSearchParams(
    parameters.map(([name, value]): [string, string] => [name, String(value)]),
  );
  return `<?${search}>; rel="next"`;
}
