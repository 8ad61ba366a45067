import type { BatchEvent } from '../api-types.ts';

/** An event as it waits; `bytes` is its length as compact JSON. */
export type Entry = { event: BatchEvent; bytes: number };

export type DropReason = 'full' | 'closed';

export type BufferLimits = {
  maxEvents: number;
  maxBytes: number;
  whenFull: 'drop-oldest' | 'drop-newest';
};

/** Events in the order in which they came, never more than the limits. */
export type EventBuffer = {
  size(): number;
  events(): BatchEvent[];
  /** Returns what had to go. */
  append(entry: Entry): Entry[];
  /** For what an earlier run left; returns what had to go. */
  prepend(earlier: Entry[]): Entry[];
  /** The first ones, as many as a batch of `maxEvents` holds; they are kept until they are settled. */
  take(maxEvents: number): Entry[];
  /** Ends what `take` began: these go, the others of the batch stay where they are. */
  settle(done: Entry[]): void;
};

// The contract's limit on a batch, and one byte for each bracket and comma.
const MAX_BATCH_BYTES = 4_194_304;

export const createEventBuffer = ({ maxEvents, maxBytes, whenFull }: BufferLimits): EventBuffer => {
  let entries: Entry[] = [];
  let bytes = 0;
  // The first so many are on their way: they may be stored by now, so they are not what is dropped.
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
  return {
    size: () => entries.length,
    events: () => entries.map(({ event }) => event),
    append: (entry) => {
      entries.push(entry);
      return put(entries, [entry]);
    },
    prepend: (earlier) => put([...earlier, ...entries], earlier),
    take(maxLength) {
      let length = 1;
      entries.slice(0, maxLength).every((entry) => {
        length += entry.bytes + 1;
        taken += length <= MAX_BATCH_BYTES ? 1 : 0;
        return length <= MAX_BATCH_BYTES;
      });
      return entries.slice(0, taken);
    },
    settle(done) {
      const gone = new Set(done);
      entries = entries.filter((entry) => !gone.has(entry));
      for (const entry of gone) bytes -= entry.bytes;
      taken = 0;
    },
  };
};
