/** The operations that the suite calls through a driver, and their results; see serve.ts, serve.py, serve.go. */
export type Driver = {
  getHealth(): Promise<Reply<{ status: string }>>;
  addEvent(event: SentEvent & { date: string }): Promise<Reply<{ message: string }>>;
  addEvents(events: SentEvent[]): Promise<Reply<BatchResult[]>>;
  getEvents(query: EventsQuery): Promise<Reply<{ date: Instant; value: unknown }[]>>;
  getLatestEvents(query: {
    deviceID: string;
  }): Promise<Reply<{ eventType: string; date: Instant; value: unknown }[]>>;
  getEventSummary(query: SummaryQuery): Promise<Reply<Summary[]>>;
  deleteDeviceEvents(query: { deviceID: string }): Promise<Reply<unknown>>;
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
  from?: string;
  to?: string;
  order?: 'asc' | 'desc';
  limit?: number;
  cursor?: string;
  ifNoneMatch?: string;
};

export type SummaryQuery = {
  deviceID: string;
  eventType: string;
  from: string;
  to: string;
  interval: string;
};

/** What the SDK returned: the data in its own types, or the problem that it decoded, and two headers. */
export type Reply<Data> = {
  status: number;
  data?: Data | null | undefined;
  problem?: Problem | undefined;
  link?: string | null;
  etag?: string | null;
};

/** A date in an SDK: a Date or text. */
export type Instant = string | Date;

export type BatchResult = {
  status: string;
  date?: Instant | undefined;
  problem?: Problem | undefined;
};

export type Summary = {
  from: Instant;
  count: number;
  min: number;
  max: number;
  mean: number;
  first: number;
  last: number;
};

export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  requestId: string;
  serverTime?: Instant | undefined;
  errors?: { pointer?: string; parameter?: string; detail: string }[] | undefined;
};
