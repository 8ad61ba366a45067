export type { Client, ClientOptions } from './client.ts';
export { createClient } from './client.ts';
export { ConnectionError } from './connection-error.ts';
export type {
  DeleteEventsQuery,
  Device,
  DeviceEventType,
  DeviceEventTypePage,
  DeviceEventTypesQuery,
  DevicePage,
  DevicesQuery,
  Event,
  EventCount,
  EventInterval,
  EventPage,
  EventResult,
  EventSummary,
  EventsQuery,
  EventTypeDescription,
  EventTypeList,
  ExportQuery,
  InvalidField,
  LatestEventsQuery,
  LiveQuery,
  NewEvent,
  Problem,
  QueueEvent,
  SummaryQuery,
} from './contract/api-types.ts';
export type * from './event-values.ts';
export { ProblemError } from './problem-error.ts';
export type { DropReason } from './queue/event-buffer.ts';
export type { Listeners } from './queue/notices.ts';
export type { Queue, QueueOptions } from './queue/queue.ts';
export { createQueue } from './queue/queue.ts';
export type { QueueStore } from './queue/queue-saver.ts';
export type { EventStream } from './reading/event-stream.ts';
export type { ItemStream } from './reading/item-stream.ts';
export type { PageCache } from './reading/page-cache.ts';
export { createPageCache } from './reading/page-cache.ts';
export type { Attempt } from './sending/attempt.ts';
export type { CallOptions, Middleware } from './sending/send.ts';
export type { ApiKey } from './sending/to-key.ts';
export type { RetryOptions } from './sending/to-retry-delay.ts';
