import createClient from 'openapi-fetch';
import type { components, operations, paths } from '../../../generated/openapi.ts';
import { ApiFailure, toApiFailure } from './api-failure.ts';
import type { Connection } from './connection.ts';

type Schemas = components['schemas'];
export type Event = Schemas['Event'];
export type EventTypeDescription = Schemas['EventTypeDescription'];
export type EventInterval = Schemas['EventInterval'];
type EventPage = Schemas['EventPage'];
type EventsQuery = operations['listEvents']['parameters']['query'];
type LatestQuery = operations['listLatestEvents']['parameters']['query'];
type SummaryQuery = operations['summarizeEvents']['parameters']['query'];

export type Api = ReturnType<typeof createApi>;

/** Creates the reads that the page needs. Each returns its data or throws an ApiFailure. */
export const createApi = ({ url, key }: Connection) => {
  const client = createClient<paths, 'application/json'>({
    baseUrl: url,
    headers: { 'x-api-key': key },
    cache: 'no-cache',
  });
  return {
    async latest(deviceID: string, signal: AbortSignal): Promise<Event[]> {
      const all: Event[] = [];
      const query: LatestQuery = { deviceID, limit: 1000 };
      do {
        const request = client.GET('/events/latest', { params: { query }, signal });
        const { events, nextCursor } = await settle(url, 'events', request);
        all.push(...events);
        query.cursor = nextCursor ?? '';
      } while (query.cursor !== '');
      return all;
    },
    events: (query: EventsQuery, signal: AbortSignal): Promise<EventPage> =>
      settle(url, 'events', client.GET('/events', { params: { query }, signal })),
    async eventTypes(signal: AbortSignal): Promise<EventTypeDescription[]> {
      const request = client.GET('/event-types', { signal });
      return (await settle(url, 'eventTypes', request)).eventTypes;
    },
    async summary(query: SummaryQuery, signal: AbortSignal): Promise<EventInterval[]> {
      const request = client.GET('/events/summary', { params: { query }, signal });
      return (await settle(url, 'intervals', request)).intervals;
    },
  };
};

type Reply<Body> = { data?: Body; error?: unknown; response: Response };

/** Returns the body of a reply that has a list under this name. */
async function settle<Body extends object>(
  url: string,
  list: keyof Body,
  request: Promise<Reply<Body>>,
): Promise<Body> {
  const { data, error, response } = await request.catch((cause: Error) => {
    if (cause.name === 'AbortError') throw cause;
    throw cause instanceof SyntaxError ? notTheApi(url) : unreachable(url);
  });
  if (!response.ok) throw toApiFailure(response, error);
  if (!data || !Array.isArray(data[list])) throw notTheApi(url);
  return data;
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
