import type { Collection } from 'mongodb';
import type { Bucket } from '../../src/events/bucket.ts';
import { createEventStore } from '../../src/events/event-store.ts';
import type { EventRange } from '../../src/events/read/event-range.ts';
import { toNewEvent } from '../harness/requests.ts';
import type { Design } from './design.ts';
import { PAGE } from './design.ts';

/** Creates this project's own store: buckets of up to 200 events. */
export const createBuckets = (collection: Collection<Bucket>): Design => {
  const store = createEventStore(collection);
  return {
    name: 'ours',
    title: 'bounded buckets (this project)',
    add: store.add,
    addAll: store.addAll,
    async fill(events) {
      for (let from = 0; from < events.length; from += 1_000) {
        await store.addAll(events.slice(from, from + 1_000));
      }
    },
    readPage: async (type) => (await store.list(toRange(type, PAGE))).events.length,
    async readDay(type) {
      let range = toRange(type, 10_000);
      for (let count = 0; ; ) {
        const { events, next } = await store.list(range);
        count += events.length;
        if (!next) return count;
        range = { ...range, after: next };
      }
    },
  };
};

function toRange(eventType: string, limit: number): EventRange {
  const { date, deviceID } = toNewEvent(0);
  const from = new Date(date);
  const to = new Date(from.getTime() + 86_400_000);
  return { deviceID, eventType, from, to, order: 'desc', limit };
}
