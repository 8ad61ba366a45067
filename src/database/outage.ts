/*
 * What counts as an outage: the database cannot be reached, changes its primary, has no free connection in time,
 * or takes longer than a request may wait. Everything else is a bug, or a request that the database refuses.
 *
 * The driver has no one class for outages. It marks most by class or label; servers mark some by code alone; a
 * client that connected.ts closes fails the work under way by a class of its own; and a write to a dead socket
 * passes Node's own error on (driver 7.9), as after Lambda has thawed a process. Hence the five lists. A retry
 * of an outage is safe: whatever was written is found again as a duplicate.
 */
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

// The contract promises a reply within 10 s, and devices seldom wait longer.
export const DEADLINE_MS = 8_000;

/**
 * Gives work DEADLINE_MS; then rejects with EventStoreUnavailable, while the work goes on unobserved. The driver's
 * own timeouts are each for a part of an operation, and it tries some operations twice.
 */
export async function withDeadline<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const fail = () =>
      reject(new EventStoreUnavailable(`The database took longer than ${DEADLINE_MS} ms`));
    timer = setTimeout(fail, DEADLINE_MS).unref();
  });
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

// https://github.com/mongodb/specifications/blob/master/source/retryable-writes/retryable-writes.md
const OUTAGE_LABELS = ['RetryableWriteError', 'TransientTransactionError', 'SystemOverloadedError'];

const OUTAGE_NAMES = new Set([
  // No free connection in time.
  'MongoWaitQueueTimeoutError',
  // Work under way while connected.ts closes the client.
  'MongoClientClosedError',
  'MongoPoolClosedError',
  'MongoServerClosedError',
  'MongoTopologyClosedError',
]);

// https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml
const OUTAGE_CODES = new Set<unknown>([
  6, // HostUnreachable
  7, // HostNotFound
  50, // MaxTimeMSExpired
  89, // NetworkTimeout
  91, // ShutdownInProgress
  189, // PrimarySteppedDown
  262, // ExceededTimeLimit
  9001, // SocketException
  10107, // NotWritablePrimary
  11600, // InterruptedAtShutdown
  11602, // InterruptedDueToReplStateChange
  13435, // NotPrimaryNoSecondaryOk
  13436, // NotPrimaryOrSecondary
]);

// Node's errors of a socket that is gone.
const SOCKET_CODES = new Set<unknown>([
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTCONN',
  'EPIPE',
  'ETIMEDOUT',
  'ERR_SOCKET_CLOSED',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_WRITE_AFTER_END',
]);

/** Whether the database, not the request or the code, is the cause. */
export const isOutage = (error: unknown): boolean =>
  (error instanceof Error && 'code' in error && SOCKET_CODES.has(error.code)) ||
  error instanceof MongoNetworkError ||
  error instanceof MongoServerSelectionError ||
  (error instanceof MongoError && OUTAGE_NAMES.has(error.name)) ||
  (error instanceof MongoServerError && OUTAGE_CODES.has(error.code)) ||
  (error instanceof MongoError && OUTAGE_LABELS.some((label) => error.hasErrorLabel(label)));
