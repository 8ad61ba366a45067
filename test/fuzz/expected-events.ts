import { isDeepStrictEqual } from 'node:util';
import type { HostileEvent } from './hostile/hostile-event.ts';

/** What the service should have of a device, by the contract alone. */
export type ExpectedEvents = {
  add(event: HostileEvent): 'created' | 'duplicate';
  types(): string[];
  /** Newest first; of one instant, the last to arrive is the newest. */
  list(eventType: string): { date: string; value: unknown }[];
};

type Stored = { eventType: string; date: string; id: string | undefined; value: unknown };

export const createExpectedEvents = (): ExpectedEvents => {
  const all: Stored[] = [];
  return {
    add({ fields: { date, eventType, id }, value }) {
      const event = {
        eventType,
        id,
        date: new Date(date).toISOString(),
        // Once more through JSON, which has one zero.
        value: JSON.parse(JSON.stringify(JSON.parse(value.text))),
      };
      if (all.some((other) => isSame(other, event))) return 'duplicate';
      all.push(event);
      return 'created';
    },
    types: () => [...new Set(all.map(({ eventType }) => eventType))],
    list: (eventType) =>
      all
        .filter((event) => event.eventType === eventType)
        .toReversed()
        .sort((a, b) => Date.parse(b.date) - Date.parse(a.date))
        .map(({ date, value }) => ({ date, value })),
  };
};

/** Events with an id and events without one are never the same. */
function isSame(one: Stored, other: Stored): boolean {
  if (one.eventType !== other.eventType || one.id !== other.id) return false;
  if (one.id !== undefined) return true;
  return one.date === other.date && isDeepStrictEqual(one.value, other.value);
}
