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

export type ClientOptions = SendOptions & {
  /** Pages that have not changed are then read from it: see createPageCache. */
  cache?: PageCache | undefined;
};

/** The API's operations by their names in the contract; each may be repeated, and is. */
export type Client = {
  addEvent(event: NewEvent, options?: CallOptions): Promise<{ status: 'created' | 'duplicate' }>;
  /** 1 to 1,000 events; what became of each, in their order. */
  addEvents(events: readonly BatchEvent[], options?: CallOptions): Promise<BatchResult[]>;
  /** One page. */
  getEvents(query: EventsQuery, options?: CallOptions): Promise<Page>;
  /** All pages. */
  events(query: EventsQuery, options?: CallOptions): EventStream;
  getLatestEvents(query: DeviceQuery, options?: CallOptions): Promise<LatestEvent[]>;
  getEventSummary(query: SummaryQuery, options?: CallOptions): Promise<EventSummary[]>;
  deleteDeviceEvents(deviceID: string, options?: CallOptions): Promise<void>;
};

/** A client of the API. Its calls throw ProblemError or ConnectionError, or the reason of an aborted signal. */
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

/** Only the API's own words count: anything on the way may answer 200. */
function toOutcome({ status, body }: Reply): { status: 'created' | 'duplicate' } {
  const { message } = Object(body);
  if (typeof message !== 'string') throw new ConnectionError('The reply is none of the API');
  return { status: status === 201 ? 'created' : 'duplicate' };
}
