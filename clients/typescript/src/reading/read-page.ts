import type { EventsQuery, StoredEvent } from '../api-types.ts';
import { ConnectionError } from '../connection-error.ts';
import type { CallOptions, Send } from '../sending/send.ts';
import type { Reply } from '../sending/send-once.ts';
import type { Page } from './page.ts';
import type { PageCache } from './page-cache.ts';
import { toList } from './to-list.ts';

/** Reads a page; takes it from the cache if it is fresh, or if the service answers that it has not changed. */
export const readPage = async (
  send: Send,
  cache: PageCache | undefined,
  query: EventsQuery,
  call?: CallOptions,
): Promise<Page> => {
  const key = JSON.stringify(Object.entries(query).sort());
  const known = cache?.get(key);
  if (known && known.freshUntil > Date.now()) return known.page;
  const condition = known && { headers: { 'if-none-match': known.etag } };
  const expected = known ? [200, 304] : [200];
  const read = (reply: Reply): Page => {
    const page = known && reply.status === 304 ? known.page : toPage(reply, query);
    const etag = reply.headers.get('ETag');
    if (etag) cache?.set(key, { etag, page, freshUntil: toFreshUntil(reply.headers) });
    return page;
  };
  return send({ method: 'GET', path: '/events', query, ...condition, expected, read }, call);
};

function toPage(reply: Reply, query: EventsQuery): Page {
  const events = toList<StoredEvent>(reply.body);
  const cursor = findCursor(reply);
  return cursor === undefined ? { events } : { events, next: { ...query, cursor } };
}

/** Finds the cursor in `Link: <?…&cursor=…>; rel="next"`, which is relative to the request's URL (RFC 8288). */
function findCursor({ headers, url }: Reply): string | undefined {
  const [, target] = /<([^>]*)>\s*;\s*rel="?next"?/i.exec(headers.get('Link') ?? '') ?? [];
  if (target === undefined) return undefined;
  const next = new URL(target, url);
  const cursor = next.searchParams.get('cursor');
  // Stopping here would silently leave out events, and another host must not get the key.
  if (next.origin !== url.origin || next.pathname !== url.pathname || cursor === null) {
    throw new ConnectionError(`The next page is not at ${url.origin}${url.pathname}`);
  }
  return cursor;
}

/** Until when the page may be used without asking again; the service sets max-age for ranges in the past. */
function toFreshUntil(headers: Headers): number {
  const [, seconds = 0] = /max-age=(\d+)/.exec(headers.get('Cache-Control') ?? '') ?? [];
  return Date.now() + Number(seconds) * 1_000;
}
