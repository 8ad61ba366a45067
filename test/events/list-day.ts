import type { components } from '../../generated/openapi.ts';
import type { EventStore } from '../../src/events/event-store.ts';
import { toEventRange } from '../../src/http/event-query.ts';

type DayQuery = { deviceID: string; eventType: string; date: string };

/** Reads all events of a day, which must fit into one page. */
export const listDay = async (
  store: EventStore,
  query: DayQuery,
): Promise<components['schemas']['Event'][]> => {
  const range = toEventRange('listEvents', { ...query, limit: 10_000 });
  if (Array.isArray(range)) throw new Error(JSON.stringify(range));
  const { events, next } = await store.list(range);
  if (next) throw new Error(`There are more than ${events.length} events`);
  return events;
};
