import type { Collection } from 'mongodb';
import type { Bucket } from '../../src/events/bucket.ts';
import { createEventStore } from '../../src/events/event-store.ts';
import type { EventRange } from '../../src/events/read/event-range.ts';
import { toInterval } from '../../src/events/read/summary/interval.ts';
import { toElement, toKey, toMiddle } from './fill-day.ts';
import type { Reader, ReadKind } from './reader.ts';

const DAY_MS = 86_400_000;

/** Creates the reader of this project's own store. */
export const createOurs = (buckets: Collection<Bucket>): Reader => {
  const store = createEventStore(buckets);
  const list = async (range: EventRange) => (await store.list(range)).events.length;
  const hour = toInterval('PT1H');
  if (!hour) throw new Error('An hour is no interval');
  const reads: Record<ReadKind, (day: EventRange, size: number) => Promise<number | undefined>> = {
    'newest 10': list,
    'oldest 10': (day) => list({ ...day, order: 'asc' }),
    'middle 10, by cursor': (day, size) => list({ ...day, after: toPosition(size) }),
    'middle 10, by cursor, oldest first': (day, size) =>
      list({ ...day, after: toPosition(size), order: 'asc' }),
    'middle 10, by until': (day) => list({ ...day, to: toNoon(day) }),
    'middle 10, by since': (day) => list({ ...day, from: toNoon(day), order: 'asc' }),
    'newest 1,000': (day) => list({ ...day, limit: 1_000 }),
    'oldest 1,000': (day) => list({ ...day, limit: 1_000, order: 'asc' }),
    'summary by the hour': async (day) =>
      (
        await store.summarize({
          range: { ...day, order: 'asc' },
          interval: hour,
          timeZone: 'UTC',
          pointer: '',
        })
      )?.intervals.length,
    latest: async ({ deviceID, eventType }) =>
      (await store.latest({ deviceID, eventType, limit: 1 })).events.length,
  };
  return {
    name: 'ours',
    title: 'bounded buckets (this project)',
    read: (kind, size) => reads[kind](toDay(size), size),
  };
};

function toDay(size: number): EventRange {
  const { date: from, ...source } = toKey(size);
  return { ...source, from, to: new Date(from.getTime() + DAY_MS), order: 'desc', limit: 10 };
}

const toNoon = ({ from }: EventRange): Date => new Date(from.getTime() + DAY_MS / 2);

/** The position of the event in the middle. */
function toPosition(size: number) {
  const nth = toMiddle(size);
  return { date: toElement(nth, size).date, seq: Math.floor(nth / 200), index: nth % 200 };
}
