import type {
  BatchEvent,
  BatchResult,
  DeviceQuery,
  EventSummary,
  EventsQuery,
  LatestEvent,
  NewEvent,
  SummaryQuery,
} from './api-types.ts';
import { ConnectionError } from './connection-error.ts';
import type { EventStream } from './reading/event-stream.ts';
import { createEventStream } from './reading/event-stream.ts';
import type { Page } from './reading/page.ts';
import type { PageCache } from './reading/page-cache.ts';
import { readPage } from './reading/read-page.ts';
import { toList } from './reading/to-list.ts';
import type { CallOptions, Request, SendOptions } from './sending/send.ts';
import { createSend } from './sending/send.ts';
import type { Reply } from './sending/send-once.ts';

/** Settings of a client. `signal`, `timeoutMs` and `retry` apply to every call that does not set its own. */
export type ClientOptions = SendOptions & {
  /** Cache for pages of events, by default none: see `createPageCache`. */
  cache?: PageCache | undefined;
};

/**
 * The operations of the API, named as in the contract. Every operation may be repeated safely, and is retried
 * after a `ConnectionError` and after the statuses 429, 502, 503 and 504: see `RetryOptions`.
 *
 * A call rejects with a `ProblemError` if the service refuses or fails the request, with a `ConnectionError` if
 * no complete response of the API arrived, or with the reason of an aborted signal.
 */
export type Client = {
  /** Stores one event. `duplicate` means that the same event was stored before. */
  addEvent(event: NewEvent, options?: CallOptions): Promise<{ status: 'created' | 'duplicate' }>;
  /** Stores 1 to 1,000 events for any devices and types. Returns the outcome of each event, in request order. */
  addEvents(events: readonly BatchEvent[], options?: CallOptions): Promise<BatchResult[]>;
  /** Reads one page of events. Its `next` is the query for the following page. */
  getEvents(query: EventsQuery, options?: CallOptions): Promise<Page>;
  /** Iterates over all events of a query, and requests each page when it is needed. */
  events(query: EventsQuery, options?: CallOptions): EventStream;
  /** Reads the newest event of each type that the device has sent. */
  getLatestEvents(query: DeviceQuery, options?: CallOptions): Promise<LatestEvent[]>;
  /** Summarises the numbers of a range, one item per interval. Intervals without numbers are left out. */
  getEventSummary(query: SummaryQuery, options?: CallOptions): Promise<EventSummary[]>;
  /** Deletes all events of a device. */
  deleteDeviceEvents(deviceID: string, options?: CallOptions): Promise<void>;
};

/** Creates a client of the API. It sends nothing until an operation is called. */
export const createClient = (options: ClientOptions): Client => {
  const send = createSend(options);
  const getEvents: Client['getEvents'] = (query, call) =>
    readPage(send, options.cache, query, call);
  return {
    addEvent: (body, call) =>
      send({ ...toPost('/events', body), expected: [200, 201], read: toOutcome }, call),
    addEvents(body, call) {
      const read = (reply: Reply) => toList<BatchResult>(reply.body, body.length);
      return send({ ...toPost('/events/batch', body), expected: [207], read }, call);
    },
    getEvents,
    events: (query, call) => createEventStream(query, (page) => getEvents(page, call)),
    getLatestEvents: (query, call) => send(toGet<LatestEvent>('/events/latest', query), call),
    getEventSummary: (query, call) => send(toGet<EventSummary>('/events/summary', query), call),
    async deleteDeviceEvents(deviceID, call) {
      const path = `/devices/${encodeURIComponent(deviceID)}`;
      await send({ method: 'DELETE', path, expected: [204], read: () => undefined }, call);
    },
  };
};

const toPost = (path: string, body: unknown) => ({ method: 'POST' as const, path, body });

const toGet = <Item>(path: string, query: DeviceQuery | SummaryQuery): Request<Item[]> => ({
  method: 'GET',
  path,
  query,
  expected: [200],
  read: ({ body }) => toList(body),
});

/** Requires the API's own body: a proxy on the way may answer 200 too. */
function toOutcome({ status, body }: Reply): { status: 'created' | 'duplicate' } {
  const { message } = Object(body);
  if (typeof message !== 'string')
    throw new ConnectionError('The response did not come from the API: it has no message');
  return { status: status === 201 ? 'created' : 'duplicate' };
}
