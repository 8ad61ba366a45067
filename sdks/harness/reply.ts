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

/** A day in an SDK: a Date or text. */
export type Day = string | Date;

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
  warnings?: EventWarning[] | undefined;
};

export type EventWarning = { code: string; pointer?: string | undefined; detail: string };

export type EventCount = { count: number };

export type Device = {
  deviceID: string;
  eventTypeCount: number;
  firstDay?: Day | undefined;
  lastDay?: Day | undefined;
  lastEventAt?: Instant | undefined;
  lastReceivedAt: Instant;
  latest?: Event | undefined;
};

export type DevicePage = { devices: Device[]; nextCursor?: string | undefined };

export type DeviceEventType = {
  eventType: string;
  firstDay?: Day | undefined;
  lastDay?: Day | undefined;
  firstEventAt?: Instant | undefined;
  lastEventAt?: Instant | undefined;
  lastReceivedAt: Instant;
};

export type DeviceEventTypePage = {
  eventTypes: DeviceEventType[];
  nextCursor?: string | undefined;
};

export type EventTypeList = { version: string; eventTypes: EventTypeDescription[] };

export type EventTypeDescription = {
  eventType: string;
  title: string;
  schema?: unknown;
  unit?: string | undefined;
  numbers: { pointer: string; title: string; unit?: string | undefined }[];
  exampleValues: unknown[];
  deprecated?: boolean | undefined;
  deprecation?: { since: Day; sunset: Day; link: string } | undefined;
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
