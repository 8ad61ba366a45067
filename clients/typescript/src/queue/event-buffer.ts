import type { NewEvent } from '../contract/api-types.ts';

/** A queued event. `bytes` is its length as compact JSON in UTF-8. */
export type Entry = { event: NewEvent; bytes: number };

/** Why an event was dropped: the queue was full, or had been closed, or closed and its store could not save the event. */
export type DropReason = 'full' | 'closed' | 'not-saved';

export type BufferLimits = {
  /** Maximum number of queued events, by default 10,000. */
  maxEvents: number;
  /** Maximum size of the queued events as JSON, in bytes, by default 16 MiB. */
  maxBytes: number;
  /** Which events to drop when a limit is exceeded, by default the oldest. Events being sent are never dropped. */
  whenFull: 'drop-oldest' | 'drop-newest';
};

/** The queued events in order of arrival, kept within the limits. */
export type EventBuffer = {
  size(): number;
  entries(): readonly Entry[];
  events(): NewEvent[];
  /** Adds an event at the end; returns the events dropped to make room. */
  append(entry: Entry): Entry[];
  /** Adds the events of an earlier run at the start; returns the events dropped to make room. */
  prepend(earlier: Entry[]): Entry[];
  /** Returns the first events, as many as fit in a batch of `maxEvents`. They stay until they are settled. */
  take(maxEvents: number): Entry[];
  /** Returns the first events, as many as have so many bytes as a batch. */
  first(maxBytes: number): Entry[];
  /** Removes events, also while others are being sent. Returns those that were still queued. */
  remove(done: Entry[]): Entry[];
  /** Ends the batch that `take` started: removes these events, and keeps the others in their place. */
  settle(done: Entry[]): Entry[];
};

// The contract's limit on the body of a batch.
const MAX_BATCH_BYTES = 4_194_304;
// The contract's limit on the events of a batch.
const MAX_BATCH_EVENTS = 1_000;
// Each event brings a comma, but for the first one.
const EMPTY_BATCH_BYTES = '{"events":[]}'.length - 1;

export const createEventBuffer = ({ maxEvents, maxBytes, whenFull }: BufferLimits): EventBuffer => {
  let entries: Entry[] = [];
  let bytes = 0;
  // Number of events at the start that are being sent. They may already be stored, so they are not dropped.
  let taken = 0;
  const trim = (): Entry[] => {
    const dropped: Entry[] = [];
    while (entries.length > maxEvents || bytes > maxBytes) {
      const [entry] = entries.splice(whenFull === 'drop-newest' ? -1 : taken, 1);
      if (entry) dropped.push(entry);
      bytes -= entry?.bytes ?? 0;
    }
    return dropped;
  };
  const put = (next: Entry[], added: Entry[]): Entry[] => {
    entries = next;
    for (const entry of added) bytes += entry.bytes;
    return trim();
  };
  const first = (limit: number): Entry[] => {
    let length = EMPTY_BATCH_BYTES;
    const end = entries.slice(0, MAX_BATCH_EVENTS).findIndex((entry) => {
      length += entry.bytes + 1;
      return length > limit;
    });
    return entries.slice(0, end < 0 ? MAX_BATCH_EVENTS : end);
  };
  const remove = (done: Entry[]): Entry[] => {
    const asked = new Set(done);
    const gone = entries.filter((entry) => asked.has(entry));
    taken -= entries.slice(0, taken).filter((entry) => asked.has(entry)).length;
    entries = entries.filter((entry) => !asked.has(entry));
    for (const entry of gone) bytes -= entry.bytes;
    return gone;
  };
  return {
    size: () => entries.length,
    entries: () => entries,
    events: () => entries.map(({ event }) => event),
    append: (entry) => {
      entries.push(entry);
      return put(entries, [entry]);
    },
    prepend: (earlier) => put([...earlier, ...entries], earlier),
    first,
    remove,
    take(maxLength) {
      const batch = first(MAX_BATCH_BYTES).slice(0, maxLength);
      taken = batch.length;
      return batch;
    },
    settle(done) {
      taken = 0;
      return remove(done);
    },
  };
};
