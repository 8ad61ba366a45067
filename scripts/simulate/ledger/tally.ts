import type { Latency } from './latency.ts';
import { createLatency } from './latency.ts';

/** The counters, with their descriptions in the report. */
export const COUNTS = {
  made: 'events created by the devices',
  sent: 'events sent, retries included',
  acknowledged: 'events acknowledged',
  created: 'events reported as created',
  duplicates: 'events reported as duplicates',
  rejected: 'events rejected',
  failed: 'events of a batch reported as failed',
  requests: 'requests',
  shed: 'requests shed (429, 503)',
  serverErrors: 'requests that failed (any other 5xx)',
  retries: 'requests with events sent before and not acknowledged',
  unreachable: 'requests refused, since no service listened',
  brokenOff: 'requests whose connection broke',
  timedOut: 'requests that timed out',
  singles: 'requests with one event',
  batches: 'batches',
  compressed: 'compressed batches',
  afterOffline: 'events sent after the device was offline',
  outOfOrder: 'events sent after newer ones of their type',
  sameInstant: 'events with the same instant as another',
  withId: 'events with an id',
  withoutDate: 'events without a date',
  malformed: 'malformed items put into batches',
  upperCaseIds: 'events with a device ID in upper case',
  lostReplies: 'replies lost on purpose',
  cutOff: 'requests cut off on purpose',
  sentAgain: 'requests sent again on purpose',
  sentTwice: 'requests sent twice at once on purpose',
  clockRefusals: 'events refused for their date',
  clocksSet: 'clocks corrected by the time of the service',
} as const;

export type Count = keyof typeof COUNTS;

/** The figures of a run so far. */
export type Tally = {
  counts: Record<Count, number>;
  statuses: Record<string, number>;
  add(count: Count, by?: number): void;
  /** Latencies of requests that store events, and of those that read them. */
  writes: Latency;
  reads: Latency;
};

export const createTally = (): Tally => {
  const counts = Object.fromEntries(
    Object.keys(COUNTS).map((count) => [count, 0]),
  ) as Tally['counts'];
  return {
    counts,
    statuses: {},
    add(count, by = 1) {
      counts[count] += by;
    },
    writes: createLatency(),
    reads: createLatency(),
  };
};
