/*
 * What counts as an outage: any state of the database that passes while neither the request nor this code
 * changes. It cannot be reached, changes its primary, does not know its user yet, is full, or takes longer than a
 * request may wait. Everything else is a bug, or a request that the database refuses.
 *
 * The driver has no one class for outages. It marks most by class or label; servers mark others by code alone
 * (passing-codes.ts), and Atlas by the text of one code; a client that connected.ts closes fails the work under
 * way by classes of its own; and a lookup of the cluster's name or a write to a dead socket passes Node's own
 * error on (driver 7.9), as after Lambda has thawed a process. Hence the lists. A retry of an outage is safe:
 * whatever was written is found again as a duplicate.
 */
import { setMaxListeners } from 'node:events';
import {
  MongoError,
  MongoNetworkError,
  MongoServerError,
  MongoServerSelectionError,
} from 'mongodb';
import { effectlessCodes, passingCodes } from './passing-codes.ts';

/** The database cannot be reached, is too slow or too busy; the same request may succeed later. */
export class EventStoreUnavailable extends Error {
  override name = 'EventStoreUnavailable';
}

// The contract promises a reply within 10 s, and devices seldom wait longer.
export const DEADLINE_MS = 8_000;

/** The time that work has left; its signal ends when nobody waits for the result any more. */
export type Deadline = { toSignal(): AbortSignal };

/**
 * Gives work DEADLINE_MS; then, or as soon as nobody waits for its result, ends its signal and rejects: with
 * EventStoreUnavailable, or the caller's reason. Work that does not heed the signal goes on unobserved. The driver's
 * own timeouts are each for a part of an operation, and it tries some operations twice.
 * @param caller ends if nobody waits any more
 */
export async function withDeadline<Result>(
  work: (deadline: Deadline) => Promise<Result>,
  caller?: AbortSignal,
): Promise<Result> {
  caller?.throwIfAborted();
  // Made for work that asks: it takes longer than the rest of a common write.
  let end: AbortController | undefined;
  let stop: (reason: unknown) => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = (reason) => {
      reject(reason);
      toEnd().abort(reason);
    };
  });
  const toEnd = (): AbortController => {
    if (end) return end;
    end = new AbortController();
    // A page may ask for the ends of a hundred event types at once: Node would take more than ten for a leak.
    setMaxListeners(0, end.signal);
    return end;
  };
  const fail = () =>
    stop(new EventStoreUnavailable(`The database took longer than ${DEADLINE_MS} ms`));
  const timer = setTimeout(fail, DEADLINE_MS).unref();
  const leave = () => stop(caller?.reason);
  caller?.addEventListener('abort', leave, { once: true });
  try {
    return await Promise.race([work({ toSignal: () => toEnd().signal }), stopped]);
  } finally {
    clearTimeout(timer);
    caller?.removeEventListener('abort', leave);
  }
}

// Retryable writes, transactions, and client backpressure: https://github.com/mongodb/specifications
const OUTAGE_LABELS = ['RetryableWriteError', 'TransientTransactionError', 'SystemOverloadedError'];
const EFFECTLESS_LABELS = ['NoWritesPerformed', 'TransientTransactionError'];

const OUTAGE_NAMES = new Set([
  // No free connection in time.
  'MongoWaitQueueTimeoutError',
  // The primary that answered is no longer the primary.
  'MongoStalePrimaryError',
  // Work under way while connected.ts closes the client.
  'MongoClientClosedError',
  'MongoExpiredSessionError',
  'MongoNotConnectedError',
  'MongoPoolClosedError',
  'MongoServerClosedError',
  'MongoTopologyClosedError',
]);

/*
 * Atlas's proxy has one code for everything. Its text tells what the request or the user may not do, which is a
 * fault, from what passes: "bad auth" while it does not know a user yet, and quotas of space, connections and
 * operations.
 */
const ATLAS_ERROR = 8_000;
const ATLAS_FAULT = /not (allowed|authorized|permitted|supported)|unsupported|no SNI/i;

// Node's errors of a socket that is gone, and of a name server that does not answer.
const NETWORK_CODES = new Set<unknown>([
  'EAI_AGAIN',
  'ECANCELLED',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETRESET',
  'ENETUNREACH',
  'ENODATA',
  'ENOTCONN',
  'ENOTFOUND',
  'EPIPE',
  'EREFUSED',
  'ESERVFAIL',
  'ETIMEDOUT',
  'ETIMEOUT',
  'ERR_SOCKET_CLOSED',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_WRITE_AFTER_END',
]);

/** Whether the database, not the request or the code, is the cause. */
export const isOutage = (error: unknown): boolean =>
  (error instanceof Error && 'code' in error && NETWORK_CODES.has(error.code)) ||
  error instanceof MongoNetworkError ||
  error instanceof MongoServerSelectionError ||
  (error instanceof MongoError && OUTAGE_NAMES.has(error.name)) ||
  (error instanceof MongoServerError && isPassing(error)) ||
  hasLabel(error, OUTAGE_LABELS);

/** Whether the command that failed is known to have had no effect, so that it is safe to run again at once. */
export const isEffectless = (error: unknown): boolean =>
  hasLabel(error, EFFECTLESS_LABELS) ||
  (error instanceof MongoServerError && effectlessCodes.has(error.code));

const isPassing = ({ code, message }: MongoServerError): boolean =>
  code === ATLAS_ERROR ? !ATLAS_FAULT.test(message) : passingCodes.has(code);

const hasLabel = (error: unknown, labels: string[]): boolean =>
  error instanceof MongoError && labels.some((label) => error.hasErrorLabel(label));
