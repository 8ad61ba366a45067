import type { Collection } from 'mongodb';
import type { components } from '../generated/openapi.ts';
import { appendEvent } from './append-event.ts';
import type { Bucket } from './bucket.ts';
import type { EventRange } from './event-range.ts';
import { orUnavailable } from './event-store-unavailable.ts';
import type { EventPage } from './list-events.ts';
import { listEvents } from './list-events.ts';
import { createNewestBuckets } from './newest-buckets.ts';

type NewEvent = components['schemas']['NewEvent'];

/** Where events are kept. Both throw EventStoreUnavailable while the database is down, slow or too busy. */
export type EventStore = {
  /** Stores an event once: the same device, type, instant and value again is a duplicate. */
  add(event: NewEvent): Promise<'created' | 'duplicate'>;
  /** A page of a range; of one instant, the last to arrive counts as the newest. */
  list(range: EventRange): Promise<EventPage>;
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
    list: (range) => connected(() => listEvents(buckets, range)),
  };
};
