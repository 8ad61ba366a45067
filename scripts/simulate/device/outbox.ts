import type { LedgerEvent } from '../ledger/ledger.ts';

/** The events that a device still has to send. Times are milliseconds since the run began. */
export type Outbox = {
  add(event: LedgerEvent, from: number): void;
  /** Returns undelivered events to the front. */
  putBack(events: LedgerEvent[]): void;
  /** How many events can be sent by now. */
  count(at: number): number;
  /** Takes the first events, or the last ones, newest first. */
  take(count: number, end: 'oldest first' | 'newest first'): LedgerEvent[];
  /** The number of all events, including those that cannot be sent yet. */
  size(): number;
};

export const createOutbox = (): Outbox => {
  let ready: LedgerEvent[] = [];
  let held: { event: LedgerEvent; from: number }[] = [];
  return {
    add: (event, from) => void held.push({ event, from }),
    putBack(events) {
      ready = [...events, ...ready];
    },
    count(at) {
      if (held.length === 0) return ready.length;
      for (const { event, from } of held) if (from <= at) ready.push(event);
      held = held.filter(({ from }) => from > at);
      return ready.length;
    },
    take: (count, end) =>
      end === 'oldest first'
        ? ready.splice(0, count)
        : ready.splice(Math.max(0, ready.length - count)).reverse(),
    size: () => ready.length + held.length,
  };
};
