import type {
  DeleteEventsQuery,
  Device,
  DeviceEventType,
  DeviceEventTypePage,
  DeviceEventTypesQuery,
  DevicePage,
  DevicesQuery,
  Event,
  EventCount,
  EventPage,
  EventResult,
  EventSummary,
  EventsQuery,
  EventTypeList,
  ExportQuery,
  LatestEventsQuery,
  LiveQuery,
  QueueEvent,
  SummaryQuery,
} from './contract/api-types.ts';
import type { SendableEventType } from './event-values.ts';
import { ProblemError } from './problem-error.ts';
import type { EventStream } from './reading/event-stream.ts';
import { createEventStream } from './reading/event-stream.ts';
import { exportEvents } from './reading/export-events.ts';
import { followEvents } from './reading/follow-events.ts';
import type { ItemStream } from './reading/item-stream.ts';
import { createItemStream } from './reading/item-stream.ts';
import type { PageCache } from './reading/page-cache.ts';
import { parseCount } from './reading/parse-count.ts';
import { parseDevice } from './reading/parse-device.ts';
import { parseList } from './reading/parse-list.ts';
import { parseResult } from './reading/parse-result.ts';
import { readPage } from './reading/read-page.ts';
import type { OtherOperations } from './sending/other-operations.ts';
import { createOperations } from './sending/other-operations.ts';
import type { CallOptions, Request, Send, SendOptions } from './sending/send.ts';
import { createSend } from './sending/send.ts';
import { withId } from './sending/with-id.ts';

/** Settings of a client. `signal`, `timeoutMs` and `retry` apply to every call that does not set its own. */
export type ClientOptions = SendOptions & {
  /** Cache for the pages of `listEvents`, by default none: see `createPageCache`. */
  cache?: PageCache | undefined;
};

/**
 * The operations of the API, named as in the contract. Every operation may be repeated safely, and is retried
 * after a `ConnectionError` and after the statuses 429, 502, 503 and 504: see `RetryOptions`.
 *
 * A call rejects with a `ProblemError` if the service refuses or fails the request, with a `ConnectionError` if
 * no complete response of the API arrived, or with the reason of an aborted signal.
 */
export type Client = Methods & OtherOperations<keyof Methods>;

type Methods = {
  /**
   * Stores one event. The status `duplicate` means that the same event was stored before. An event without `date` and
   * `id` gets a random `id`, so that a retry does not store it again.
   */
  addEvent<Type extends SendableEventType>(
    event: QueueEvent<Type>,
    options?: CallOptions,
  ): Promise<EventResult>;
  /**
   * Stores 1 to 1,000 events for any devices and types. Returns the outcome of each event, in request order. Events
   * without `date` and `id` get a random `id`, as in `addEvent`.
   */
  addEvents<Types extends readonly SendableEventType[]>(
    batch: { events: readonly [...EventsOf<Types>] },
    options?: CallOptions,
  ): Promise<{ results: EventResult[] }>;
  /** Reads one page of the events of a day or a range; `events` reads all pages. */
  listEvents<Type extends string>(
    query: EventsQuery<Type>,
    options?: CallOptions,
  ): Promise<EventPage<Type>>;
  /** Iterates over all events of a query, and requests each page when it is needed. */
  events<Type extends string>(query: EventsQuery<Type>, options?: CallOptions): EventStream<Type>;
  /** Reads one page of the newest event of each type of a device; `latestEvents` reads all pages. */
  listLatestEvents<Type extends string>(
    query: LatestEventsQuery<Type>,
    options?: CallOptions,
  ): Promise<EventPage<Type>>;
  /** Iterates over the newest event of each type of a device. */
  latestEvents<Type extends string>(
    query: LatestEventsQuery<Type>,
    options?: CallOptions,
  ): EventStream<Type>;
  /** Summarizes the numbers of a range by interval. Intervals without numbers are left out. */
  summarizeEvents(query: SummaryQuery, options?: CallOptions): Promise<EventSummary>;
  /**
   * Iterates over all events of a range, as they arrive: of one type, oldest first, or of one type after the other. Goes on
   * where a response ended or broke off, and throws if it cannot: it never ends early without an error.
   */
  exportEvents<Type extends string>(
    query: ExportQuery<Type>,
    options?: CallOptions,
  ): AsyncIterable<Event<Type>>;
  /** The same as `exportEvents`. */
  export<Type extends string>(
    query: ExportQuery<Type>,
    options?: CallOptions,
  ): AsyncIterable<Event<Type>>;
  /** Iterates over events as they arrive, over any number of connections: nothing is lost, and nothing comes twice. */
  streamEvents<Type extends string>(
    query: LiveQuery<Type>,
    options?: CallOptions,
  ): AsyncIterable<Event<Type>>;
  /** The same as `streamEvents`. */
  live<Type extends string>(
    query: LiveQuery<Type>,
    options?: CallOptions,
  ): AsyncIterable<Event<Type>>;
  /** Reads one page of the devices that have events; `devices` reads all pages. */
  listDevices(query?: DevicesQuery, options?: CallOptions): Promise<DevicePage>;
  /** Iterates over the devices that have events. */
  devices(query?: DevicesQuery, options?: CallOptions): ItemStream<Device, DevicePage>;
  /** Reads one device. Rejects with the problem `/problems/device-unknown` if it has no events. */
  getDevice(deviceID: string, options?: CallOptions): Promise<Device>;
  /** Reads one page of the event types of a device; `deviceEventTypes` reads all pages. */
  listDeviceEventTypes(
    deviceID: string,
    query?: DeviceEventTypesQuery,
    options?: CallOptions,
  ): Promise<DeviceEventTypePage>;
  /** Iterates over the event types of a device. */
  deviceEventTypes(
    deviceID: string,
    query?: DeviceEventTypesQuery,
    options?: CallOptions,
  ): ItemStream<DeviceEventType, DeviceEventTypePage>;
  /** Counts the events that `deleteEvents` would delete. */
  deleteEvents(
    query: DeleteEventsQuery & { dryRun: true },
    options?: CallOptions,
  ): Promise<EventCount>;
  /**
   * Deletes the events of a device and event type: all of them, or those of a range. It sends as many requests as that
   * takes, whatever `retry` says.
   */
  deleteEvents(query: DeleteEventsQuery & { dryRun?: false }, options?: CallOptions): Promise<void>;
  /** Reads the event types that the operator describes: schemas, units and examples of their values. */
  listEventTypes(options?: CallOptions): Promise<EventTypeList>;
  /** Deletes all events of a device, with as many requests as that takes. */
  deleteDevice(deviceID: string, options?: CallOptions): Promise<void>;
};

/** The events of a batch, each with the type of its own value. */
type EventsOf<Types extends readonly SendableEventType[]> = {
  [Index in keyof Types]: QueueEvent<Types[Index]>;
};

/** Creates a client of the API. It sends nothing until an operation is called. */
export const createClient = (options: ClientOptions): Client => {
  const send = createSend(options);
  const listEvents: Client['listEvents'] = (query, call) =>
    readPage(send, options.cache, query, call);
  const listLatestEvents = <Type extends string>(
    query: LatestEventsQuery<Type>,
    call?: CallOptions,
  ) =>
    send({ ...toGet('/events/latest', query), read: parseList<EventPage<Type>>('events') }, call);
  const listDevices: Client['listDevices'] = (query = {}, call) =>
    send({ ...toGet('/devices', query), read: parseList<DevicePage>('devices') }, call);
  const listDeviceEventTypes: Client['listDeviceEventTypes'] = (deviceID, query = {}, call) => {
    const path = `${toDevicePath(deviceID)}/event-types`;
    return send(
      { ...toGet(path, query), read: parseList<DeviceEventTypePage>('eventTypes') },
      call,
    );
  };
  const methods: Methods = {
    addEvent: (event, call) =>
      send({ ...toPost('/events', withId(event)), expected: [200, 201], read: parseResult }, call),
    addEvents(batch, call) {
      const read = parseList<{ results: EventResult[] }>('results', batch.events.length);
      const events = (batch.events as readonly QueueEvent[]).map(withId);
      return send(
        { ...toPost('/events/batch', { ...batch, events }), expected: [207], read },
        call,
      );
    },
    listEvents,
    events: (query, call) => createEventStream(query, (page) => listEvents(page, call)),
    listLatestEvents,
    latestEvents: (query, call) => createEventStream(query, (page) => listLatestEvents(page, call)),
    summarizeEvents: (query, call) =>
      send(
        { ...toGet('/events/summary', query), read: parseList<EventSummary>('intervals') },
        call,
      ),
    exportEvents: (query, call) => exportEvents(options, query, call),
    export: (query, call) => exportEvents(options, query, call),
    streamEvents: (query, call) => followEvents(options, query, call),
    live: (query, call) => followEvents(options, query, call),
    listDevices,
    devices: (query = {}, call) =>
      createItemStream(
        query,
        (page) => listDevices(page, call),
        ({ devices }) => devices,
      ),
    getDevice: (deviceID, call) =>
      send({ ...toGet(toDevicePath(deviceID), {}), read: parseDevice }, call),
    listDeviceEventTypes,
    deviceEventTypes: (deviceID, query = {}, call) =>
      createItemStream(
        query,
        (page) => listDeviceEventTypes(deviceID, page, call),
        ({ eventTypes }) => eventTypes,
      ),
    deleteEvents: createDeleteEvents(send),
    listEventTypes: (call) =>
      send({ ...toGet('/event-types', {}), read: parseList<EventTypeList>('eventTypes') }, call),
    async deleteDevice(deviceID, call) {
      const path = toDevicePath(deviceID);
      const request = { method: 'DELETE', path, expected: [204], read: () => undefined } as const;
      await untilFinished(() => send({ ...request, expected: [204] }, call));
    },
  };
  // The contract's other operations have methods of one form.
  return { ...createOperations(send), ...methods } as Client;
};

const createDeleteEvents = (send: Send) =>
  ((query: DeleteEventsQuery, call?: CallOptions) => {
    const request = { method: 'DELETE', path: '/events', query } as const;
    return query.dryRun
      ? send({ ...request, expected: [200], read: parseCount }, call)
      : untilFinished(() => send({ ...request, expected: [204], read: () => undefined }, call));
  }) as Client['deleteEvents'];

/** Repeats a deletion that deletes some of many events each time. */
async function untilFinished(attempt: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const isUnfinished =
        error instanceof ProblemError && error.type === '/problems/deletion-unfinished';
      if (!isUnfinished) throw error;
    }
  }
}

const toPost = (path: string, body: unknown) => ({ method: 'POST' as const, path, body });

const toDevicePath = (deviceID: string): string => `/devices/${encodeURIComponent(deviceID)}`;

const toGet = (path: string, query: NonNullable<Request<unknown>['query']>) => ({
  method: 'GET' as const,
  path,
  query,
  expected: [200],
});
