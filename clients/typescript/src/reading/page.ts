import type { EventsQuery, StoredEvent } from '../api-types.ts';

/** A page of events. `next` is the query for the following page; the last page has none. */
export type Page = { events: StoredEvent[]; next?: EventsQuery };
