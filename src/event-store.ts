import type { Collection } from 'mongodb';
import type { components, operations } from '../generated/openapi.ts';
import { appendEvent } from './append-event.ts';
import type { Bucket } from './bucket.ts';
import { toBucketKey } from './bucket.ts';
import { orUnavailable } from './event-store-unavailable.ts';
import { createNewestBuckets } from './newest-buckets.ts';
import { fromStoredValue } from './stored-value.ts';

type NewEvent = components['schemas']['NewEvent'];
type StoredEvent = components['schemas']['StoredEvent'];
type DayQuery = operations['getEvents']['parameters']['query'];

/** Where events are kept. Both throw EventStoreUnavailable while the database is down, slow or too busy. */
export type EventStore = {
  /** Stores an event once: the same device, type, instant and value again is a duplicate. */
  add(event: NewEvent): Promise<'created' | 'duplicate'>;
  /** The events of one device, type and UTC day, newest first; of one instant, the last to arrive first. */
  list(query: DayQuery): Promise<StoredEvent[]>;
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
    list: (query) => connected(() => listEvents(buckets, query)),
  };
};

async function listEvents(buckets: Collection<Bucket>, query: DayQuery): Promise<StoredEvent[]> {
  const found = await buckets
    .find(toBucketKey(query), { projection: { _id: 0, events: 1 }, sort: { seq: -1 } })
    .toArray();
  return found
    .flatMap(({ events }) => events.reverse())
    .sort((a, b) => b.date.getTime() - a.date.getTime())
    .map((event) => ({ date: event.date.toISOString(), value: fromStoredValue(event) }));
}
