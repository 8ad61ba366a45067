import type { EventPage, EventsQuery } from '../contract/api-types.ts';
import type { CallOptions, Send } from '../sending/send.ts';
import type { Reply } from '../sending/send-once.ts';
import { freeze } from './freeze.ts';
import type { PageCache } from './page-cache.ts';
import { parseList } from './parse-list.ts';

const parsePage = parseList<EventPage>('events');

/** Reads a page; takes it from the cache if it is fresh, or if the service answers that it has not changed. */
export const readPage = async <Type extends string>(
  send: Send,
  cache: PageCache | undefined,
  query: EventsQuery<Type>,
  call?: CallOptions,
): Promise<EventPage<Type>> => {
  const key = JSON.stringify(Object.entries(query).sort());
  const known = cache?.get(key);
  if (known && known.freshUntil > Date.now()) return known.page as EventPage<Type>;
  const condition = known && { headers: { 'if-none-match': known.etag } };
  const expected = known ? [200, 304] : [200];
  const read = (reply: Reply): EventPage<Type> => {
    const parsed = known && reply.status === 304 ? known.page : parsePage(reply);
    const page = cache ? freeze(parsed) : parsed;
    const etag = reply.headers.get('ETag');
    if (etag) cache?.set(key, { etag, page, freshUntil: toFreshUntil(reply.headers) });
    return page as EventPage<Type>;
  };
  return send({ method: 'GET', path: '/events', query, ...condition, expected, read }, call);
};

/** Until when the page may be used without asking again; the service sets max-age for ranges in the past. */
function toFreshUntil(headers: Headers): number {
  const [, seconds = 0] = /max-age=(\d+)/.exec(headers.get('Cache-Control') ?? '') ?? [];
  return Date.now() + Number(seconds) * 1_000;
}
