import type { Latency } from './latency.ts';
import { createLatency } from './latency.ts';

/** What is counted, in the words of the report. */
export const COUNTS = {
  made: 'events made by the devices',
  sent: 'events sent, each time that they were',
  acknowledged: 'events acknowledged',
  created: 'events told to be new',
  duplicates: 'events told to be stored before',
  rejected: 'events rejected',
  failed: 'events of a batch told to have failed',
  requests: 'requests',
  shed: 'requests shed (429, 503)',
  serverErrors: 'requests that failed (any other 5xx)',
  retries: 'requests with events sent before and not acknowledged',
  unreachable: 'requests for which nobody listened',
  brokenOff: 'requests broken off by the other side',
  timedOut: 'requests without an answer in time',
  singles: 'requests with one event',
  batches: 'batches',
  compressed: 'compressed batches',
  afterOffline: 'events sent after a time without a connection',
  outOfOrder: 'events sent after newer ones of their type',
  sameInstant: 'events of an instant that another event has',
  withId: 'events with an id',
  withoutDate: 'events without a date',
  malformed: 'malformed items put into batches',
  upperCaseIds: 'events under a device ID in upper case',
  lostReplies: 'replies lost on purpose',
  cutOff: 'requests cut off on purpose',
  sentAgain: 'requests sent again on purpose',
  sentTwice: 'requests sent twice at once on purpose',
  clockRefusals: 'events refused for their date',
  clocksSet: 'clocks set by the time of the service',
} as const;

export type Count = keyof typeof COUNTS;

/** What happened so far. */
export type Tally = {
  counts: Record<Count, number>;
  statuses: Record<string, number>;
  add(count: Count, by?: number): void;
  /** Requests that bring events, and those that read them back. */
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
