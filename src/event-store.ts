import type { Collection } from 'mongodb';
import type { components } from '../generated/openapi.ts';
import { appendEvent } from './append-event.ts';
import type { Bucket } from './bucket.ts';
import type { EventRange } from './event-range.ts';
import { orUnavailable } from './event-store-unavailable.ts';
import type { LatestQuery } from './latest-events.ts';
import { listLatestEvents } from './latest-events.ts';
import type { EventPage } from './list-events.ts';
import { listEvents } from './list-events.ts';
import { createNewestBuckets } from './newest-buckets.ts';
import { summariseEvents } from './summarise-events.ts';
import type { SummaryRange } from './summary-range.ts';

type NewEvent = components['schemas']['NewEvent'];

/** Where events are kept. All throw EventStoreUnavailable while the database is down, slow or too busy. */
export type EventStore = {
  /** Stores an event once: the same device, type, instant and value again is a duplicate. */
  add(event: NewEvent): Promise<'created' | 'duplicate'>;
  /** A page of a range; of one instant, the last to arrive counts as the newest. */
  list(range: EventRange): Promise<EventPage>;
  /** The newest event of each type, or of one. */
  latest(query: LatestQuery): Promise<components['schemas']['LatestEvent'][]>;
  /** Numeric events by interval; undefined where there are too many of them. */
  summarise(range: SummaryRange): Promise<components['schemas']['EventSummary'][] | undefined>;
};

export const createEventStore = (buckets: Collection<Bucket>): EventStore => {
  const newest = createNewestBuckets();
  // A client whose first connection failed stays closed until it is told to connect again; one that is
  // connected returns at once.
  const connected = <Result>(work: () => Promise<Result>) =>
    orUnavailable(async () => {
      await buckets.db.client.connect();
      return await work();
    });
  return {
    add: (event) => connected(() => appendEvent(buckets, newest, event)),
    latest: (query) => connected(() => listLatestEvents(buckets, query)),
    summarise: (range) => connected(() => summariseEvents(buckets, range)),
    list: (range) => connected(() => listEvents(buckets, range)),
  };
};
