import type { components } from '../generated/openapi.ts';
import { toEventRange } from '../src/event-range.ts';
import type { EventStore } from '../src/event-store.ts';

type DayQuery = { deviceID: string; eventType: string; date: string };

/** All events of a day, of which there are no more than a page may have. */
export const listDay = async (
  store: EventStore,
  query: DayQuery,
): Promise<components['schemas']['StoredEvent'][]> => {
  const range = toEventRange({ ...query, limit: 10_000 });
  if (Array.isArray(range)) throw new Error(JSON.stringify(range));
  const { events, next } = await store.list(range);
  if (next) throw new Error(`There are more than ${events.length} events`);
  return events;
};
