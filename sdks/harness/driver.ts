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
};

export type ExportQuery = { deviceID: string; eventType: string; since: string };

/** What the SDK returned: the data in its own types, or the problem that it decoded, and a header. */
export type Reply<Data> = {
  status: number;
  data?: Data | null | undefined;
  problem?: Problem | undefined;
  etag?: string | null;
};

/** `isDuplicate` is what the driver finds in the SDK's own type of an EventResult. */
export type AddReply = Reply<EventResult> & { isDuplicate: boolean };

/** A date in an SDK: a Date or text. */
export type Instant = string | Date;

export type Health = { status: string };

export type Event = {
  deviceID: string;
  eventType: string;
  date: Instant;
  value?: unknown;
  id?: string | undefined;
};

export type EventPage = { events: Event[]; nextCursor?: string | undefined };

export type EventResult = {
  status: string;
  date?: Instant | undefined;
  message?: string | undefined;
  problem?: Problem | undefined;
};

export type BatchReport = { results: EventResult[] };

export type Summary = { timeZone: string; intervals: Interval[] };

export type Interval = {
  start: Instant;
  end: Instant;
  count: number;
  min: number;
  max: number;
  sum: number;
  mean: number;
  firstValue: number;
  lastValue: number;
};

export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  requestId: string;
  serverTime?: Instant | undefined;
  errors?: InvalidField[] | undefined;
};

export type InvalidField = {
  code: string;
  pointer?: string | undefined;
  parameter?: string | undefined;
  detail: string;
};
