import type { LedgerEvent } from '../ledger/ledger.ts';

/** What a device still has to send. Times are milliseconds of the run. */
export type Outbox = {
  add(event: LedgerEvent, from: number): void;
  /** What was not delivered comes first again. */
  putBack(events: LedgerEvent[]): void;
  /** How many events can be sent by now. */
  count(at: number): number;
  /** The first of them, or the last, newest first. */
  take(count: number, end: 'oldest first' | 'newest first'): LedgerEvent[];
  /** All that is there, whether or not it can be sent yet. */
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
