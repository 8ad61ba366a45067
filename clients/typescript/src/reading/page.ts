import type { EventsQuery, StoredEvent } from '../api-types.ts';

/** Some of a query's events; `next` asks for those that follow, and is absent on the last page. */
export type Page = { events: StoredEvent[]; next?: EventsQuery };
