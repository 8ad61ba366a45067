import createClient from 'openapi-fetch';
import type { components, operations, paths } from '../../../generated/openapi.ts';
import { ApiFailure, toApiFailure } from './api-failure.ts';
import type { Connection } from './connection.ts';

type Schemas = components['schemas'];
export type LatestEvent = Schemas['LatestEvent'];
export type StoredEvent = Schemas['StoredEvent'];
export type EventSummary = Schemas['EventSummary'];
type EventsQuery = operations['getEvents']['parameters']['query'];
type SummaryQuery = operations['getEventSummary']['parameters']['query'];
/** A page of events; the cursor is set if there are more. */
export type Page = { events: StoredEvent[]; cursor: string | undefined };

export type Api = ReturnType<typeof createApi>;

/** Creates the three reads that the page needs. Each returns its data or throws an ApiFailure. */
export const createApi = ({ url, key }: Connection) => {
  const client = createClient<paths, 'application/json'>({
    baseUrl: url,
    headers: { 'x-api-key': key },
    cache: 'no-cache',
  });
  return {
    async latest(deviceID: string, signal: AbortSignal): Promise<LatestEvent[]> {
      const params = { query: { deviceID } };
      return (await settle(url, client.GET('/events/latest', { params, signal }))).data;
    },
    async events(query: EventsQuery, signal: AbortSignal): Promise<Page> {
      const reply = await settle(url, client.GET('/events', { params: { query }, signal }));
      return { events: reply.data, cursor: findCursor(reply.response) };
    },
    async summary(query: SummaryQuery, signal: AbortSignal): Promise<EventSummary[]> {
      return (await settle(url, client.GET('/events/summary', { params: { query }, signal }))).data;
    },
  };
};

type Reply<Item> = { data?: Item[]; error?: unknown; response: Response };

async function settle<Item>(url: string, request: Promise<Reply<Item>>) {
  const { data, error, response } = await request.catch((cause: Error) => {
    if (cause.name === 'AbortError') throw cause;
    throw cause instanceof SyntaxError ? notTheApi(url) : unreachable(url);
  });
  if (!response.ok) throw toApiFailure(response, error);
  if (!Array.isArray(data)) throw notTheApi(url);
  return { data, response };
}

// Browsers hide the cause from pages, to protect other sites.
function unreachable(url: string): ApiFailure {
  const isElsewhere = new URL(url).origin !== location.origin;
  const question = isElsewhere
    ? `Is ${url} running, and does its api.corsOrigin allow ${location.origin}?`
    : `Is ${url} running?`;
  return new ApiFailure('The API cannot be reached', question);
}

const notTheApi = (url: string): ApiFailure =>
  new ApiFailure('This is not the API', `${url} responds, but not with events.`);

/** Finds the cursor in `Link: <?…&cursor=…>; rel="next"`; the other parameters do not change. */
function findCursor({ headers, url }: Response): string | undefined {
  const [, next] = /<([^>]*)>;\s*rel="?next"?/.exec(headers.get('Link') ?? '') ?? [];
  return next === undefined
    ? undefined
    : (new URL(next, url).searchParams.get('cursor') ?? undefined);
}
