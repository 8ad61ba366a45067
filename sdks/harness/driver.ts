import type {
  AddReply,
  BatchReport,
  Device,
  DeviceEventTypePage,
  DevicePage,
  Event,
  EventCount,
  EventPage,
  EventTypeList,
  Health,
  Reply,
  Summary,
} from './reply.ts';

/** The operations that the suite calls through a driver, and their results; see serve.ts, serve.py, serve.go. */
export type Driver = {
  getHealth(): Promise<Reply<Health>>;
  getReadiness(): Promise<Reply<Health>>;
  addEvent(event: SentEvent): Promise<AddReply>;
  addEvents(events: SentEvent[]): Promise<Reply<BatchReport>>;
  listEvents(query: EventsQuery): Promise<Reply<EventPage>>;
  /** Reads page after page by `nextCursor`, through the SDK's types. */
  listAllEvents(query: EventsQuery): Promise<Reply<Event[]>>;
  listLatestEvents(query: LatestQuery): Promise<Reply<EventPage>>;
  summarizeEvents(query: SummaryQuery): Promise<Reply<Summary>>;
  exportEvents(query: ExportQuery): Promise<Reply<string>>;
  /** Reads as many events as wanted, or to the end; returns the text of the stream so far. */
  streamEvents(query: LiveQuery): Promise<Reply<string>>;
  /** Without data if events were deleted. */
  deleteEvents(query: DeletionQuery): Promise<Reply<EventCount>>;
  listDevices(query: DevicesQuery): Promise<Reply<DevicePage>>;
  getDevice(query: { deviceID: string }): Promise<Reply<Device>>;
  listDeviceEventTypes(query: DeviceTypesQuery): Promise<Reply<DeviceEventTypePage>>;
  listEventTypes(query: { ifNoneMatch?: string }): Promise<Reply<EventTypeList>>;
  deleteDevice(query: { deviceID: string }): Promise<Reply<unknown>>;
};

export type SentEvent = {
  date?: string;
  deviceID: string;
  eventType: string;
  id?: string;
  /** Absent and null are different cases. */
  value?: unknown;
};

export type EventsQuery = {
  deviceID: string;
  eventType: string;
  date?: string;
  since?: string;
  until?: string;
  order?: 'asc' | 'desc';
  limit?: number;
  cursor?: string;
  ifNoneMatch?: string;
};

export type LatestQuery = {
  deviceID: string;
  eventType?: string;
  limit?: number;
  cursor?: string;
};

export type SummaryQuery = {
  deviceID: string;
  eventType: string;
  since: string;
  until: string;
  interval: string;
  timeZone?: string;
  pointer?: string;
};

export type ExportQuery = { deviceID: string; eventType: string; since: string };

export type LiveQuery = {
  deviceID: string;
  eventType: string[];
  lastEventID?: string;
  /** How many events to read; it is not sent. */
  count: number;
};

export type DeletionQuery = {
  deviceID: string;
  eventType: string;
  since?: string;
  until?: string;
  dryRun?: boolean;
};

export type DevicesQuery = {
  lastReceivedBefore?: string;
  eventType?: string;
  include?: 'latest';
  limit?: number;
  cursor?: string;
};

export type DeviceTypesQuery = { deviceID: string; limit?: number; cursor?: string };
