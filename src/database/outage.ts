import {
  MongoError,
  MongoNetworkError,
  MongoServerError,
  MongoServerSelectionError,
} from 'mongodb';

/** The database cannot be reached, is too slow or too busy; the same request may succeed later. */
export class EventStoreUnavailable extends Error {
  override name = 'EventStoreUnavailable';
}

// The contract promises an answer within 10 s, and devices seldom wait longer.
export const DEADLINE_MS = 8_000;

// https://github.com/mongodb/specifications/blob/master/source/retryable-writes/retryable-writes.md
const OUTAGE_LABELS = ['RetryableWriteError', 'TransientTransactionError', 'SystemOverloadedError'];
// No free connection in time; and what work gets that is under way while connected.ts closes the client.
const OUTAGE_NAMES = new Set([
  'MongoWaitQueueTimeoutError',
  'MongoClientClosedError',
  'MongoPoolClosedError',
  'MongoServerClosedError',
  'MongoTopologyClosedError',
]);
// MaxTimeMSExpired, and the codes by which a server says that it is not, or no longer, the primary.
const OUTAGE_CODES = new Set<unknown>([
  50, 89, 91, 189, 262, 6, 7, 9001, 10107, 11600, 11602, 13435, 13436,
]);

// Node's own errors of a connection that is gone: driver 7.9 hands on what a write to one throws, as after
// Lambda has thawed the process.
const SOCKET_CODES = new Set<unknown>([
  ...['ECONNABORTED', 'ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTCONN'],
  ...['EPIPE', 'ETIMEDOUT', 'ERR_SOCKET_CLOSED', 'ERR_STREAM_DESTROYED'],
  ...['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_WRITE_AFTER_END'],
]);

/** Whether the database, not the request or the code, is the cause. */
export function isOutage(error: unknown): boolean {
  return (
    (error instanceof Error && 'code' in error && SOCKET_CODES.has(error.code)) ||
    error instanceof MongoNetworkError ||
    error instanceof MongoServerSelectionError ||
    (error instanceof MongoError && OUTAGE_NAMES.has(error.name)) ||
    (error instanceof MongoServerError && OUTAGE_CODES.has(error.code)) ||
    (error instanceof MongoError && OUTAGE_LABELS.some((label) => error.hasErrorLabel(label)))
  );
}
