export type {
  BatchEvent,
  BatchResult,
  DeviceQuery,
  EventSummary,
  EventsQuery,
  InvalidField,
  LatestEvent,
  NewEvent,
  Problem,
  StoredEvent,
  SummaryQuery,
} from './api-types.ts';
export { ConnectionError } from './connection-error.ts';
export type { Client, ClientOptions } from './create-client.ts';
export { createClient } from './create-client.ts';
export type { PageCache } from './create-page-cache.ts';
export { createPageCache } from './create-page-cache.ts';
export type { Queue, QueueOptions } from './create-queue.ts';
export { createQueue } from './create-queue.ts';
export type { DropReason } from './event-buffer.ts';
export type { EventStream } from './event-stream.ts';
export { ProblemError } from './problem-error.ts';
export type { QueueStore } from './queue-saver.ts';
export type { Page } from './read-page.ts';
export type { RetryOptions } from './retry-delay.ts';
export type { CallOptions } from './send.ts';
