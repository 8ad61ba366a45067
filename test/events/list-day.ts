import type { components } from '../../generated/openapi.ts';
import type { EventStore } from '../../src/events/event-store.ts';
import { toEventRange } from '../../src/http/event-query.ts';

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
