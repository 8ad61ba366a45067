import { BSON } from 'mongodb';
import type { components } from '../../../generated/openapi.ts';
import { MAJORITY } from '../../database/majority.ts';
import type { Bucket } from '../bucket.ts';
import { BUCKET_SIZE, isThere, toReceivedAt } from '../bucket.ts';
import { toEvent } from '../read/event-page-builder.ts';
import type { Reading } from '../read/reading.ts';
import { seriesOf } from '../series.ts';
import type { KeyPlace, LivePlace, LiveQuery } from './live-place.ts';
import { LIVE_MS, placeOf, toDays } from './live-place.ts';

type Event = components['schemas']['Event'];

/** The days of a type that have events beyond the place. */
export type LiveNews = { eventType: string; days: number[] };

/** The place moves there; an event that is no live event, or was deleted, is left out. */
export type LiveStep = { day: number; next: KeyPlace; event?: Event };

/** Events of a type in the order of arrival; `isCut` if there may be more. */
export type LiveBatch = { steps: LiveStep[]; isCut: boolean };

// What was read must not be rolled back: another event would come to its place. Hence the read concern.

/** The place behind all events that are stored now. */
export const startLive = async (
  { buckets, bounds }: Reading,
  { deviceID, eventTypes }: LiveQuery,
  now: number,
): Promise<LivePlace> => {
  const days = toDays({ seen: now }, now).map((day) => new Date(day));
  const keys = await buckets
    .aggregate<{ _id: { eventType: string; date: Date }; seq: number }>(
      [
        { $match: { deviceID, eventType: { $in: eventTypes }, date: { $in: days } } },
        { $group: { _id: { eventType: '$eventType', date: '$date' }, seq: { $max: '$seq' } } },
      ],
      { ...bounds, ...MAJORITY },
    )
    .toArray();
  const place: LivePlace = { seen: now, types: new Map() };
  if (keys.length === 0) return place;
  const newest = await buckets
    .find(
      { $or: keys.map(({ _id, seq }) => ({ deviceID, ..._id, seq })) },
      { ...bounds, ...MAJORITY },
    )
    .project<Pick<Bucket, 'eventType' | 'date' | 'seq' | 'count'>>({
      eventType: 1,
      date: 1,
      seq: 1,
      count: 1,
    })
    .toArray();
  for (const { eventType, date, seq, count } of newest) {
    const ofType = place.types.get(eventType) ?? new Map<number, KeyPlace>();
    place.types.set(eventType, ofType.set(date.getTime(), toNext(seq, count, count)));
  }
  return place;
};

/** Looks for events beyond the place; a stream without news costs this one command, which returns no document. */
export const findLiveNews = async (
  { buckets, bounds }: Reading,
  { deviceID, eventTypes }: LiveQuery,
  place: LivePlace,
  now: number,
): Promise<LiveNews[]> => {
  const clauses = eventTypes.flatMap((eventType) =>
    toDays(place, now).flatMap((day) => {
      const { seq, index } = placeOf(place, eventType, day);
      const key = { deviceID, eventType, date: new Date(day) };
      return [
        { ...key, seq, count: { $gt: index, $lte: BUCKET_SIZE } },
        { ...key, seq: { $gt: seq } },
      ];
    }),
  );
  const found = await buckets
    .aggregate<{ _id: { eventType: string; date: Date } }>(
      [
        { $match: { $or: clauses } },
        { $group: { _id: { eventType: '$eventType', date: '$date' } } },
      ],
      { ...bounds, ...MAJORITY },
    )
    .toArray();
  return eventTypes.flatMap((eventType) => {
    const days = found.filter(({ _id }) => _id.eventType === eventType);
    return days.length > 0 ? [{ eventType, days: days.map(({ _id }) => _id.date.getTime()) }] : [];
  });
};

// What a batch holds, beside a bucket of each day.
const MAX_STEPS = 500;
const MAX_BYTES = 1_048_576;

/** Reads events of one type beyond the place, of all days in the order in which they were received. */
export const readLive = async (
  reading: Reading,
  query: LiveQuery,
  place: LivePlace,
  { eventType, days }: LiveNews,
): Promise<LiveBatch> => {
  const { deviceID } = query;
  const steps: LiveStep[] = [];
  let bytes = 0;
  const queues = await Promise.all(
    days.map((day) => load(reading, { deviceID, eventType }, day, placeOf(place, eventType, day))),
  );
  for (;;) {
    const queue = findFirst(queues);
    if (!queue) return { steps, isCut: false };
    const { day, seq, count } = queue;
    const element = queue.events.shift();
    queue.index += 1;
    const next = element ? toNext(seq, queue.index, count) : toNext(seq, BUCKET_SIZE, count);
    const event = element && toLiveEvent(element, { deviceID, eventType });
    steps.push({ day, next, ...(event && { event }) });
    bytes += element ? BSON.calculateObjectSize(element) : 0;
    if (steps.length >= MAX_STEPS || bytes > MAX_BYTES) return { steps, isCut: true };
    if (queue.events.length > 0) continue;
    const following = next.seq > seq && (await load(reading, { deviceID, eventType }, day, next));
    queues.splice(queues.indexOf(queue), 1, ...(following ? [following] : []));
  }
};

/** When events of the device were deleted last, in milliseconds since 1970; 0 for never. */
export const findLastDeletion = async (
  { buckets, bounds }: Reading,
  { deviceID }: LiveQuery,
): Promise<number> => {
  const [last] = await seriesOf(buckets)
    .find({ deviceID, deletedAt: { $exists: true } }, bounds)
    .project<{ deletedAt: Date }>({ _id: 0, deletedAt: 1 })
    .sort({ deletedAt: -1 })
    .limit(1)
    .toArray();
  return last?.deletedAt.getTime() ?? 0;
};

/** Nothing is added to a full or emptied bucket. */
const toNext = (seq: number, index: number, count: number): KeyPlace =>
  count >= BUCKET_SIZE && index >= Math.min(count, BUCKET_SIZE)
    ? { seq: seq + 1, index: 0 }
    : { seq, index };

type Source = { deviceID: string; eventType: string };

/** What is left of a bucket; `index` is that of the first event. */
type Queue = {
  day: number;
  seq: number;
  count: number;
  index: number;
  events: Bucket['events'];
};

/** Reads what a key's next bucket has beyond the place. */
async function load(
  reading: Reading,
  source: Source,
  day: number,
  { seq, index }: KeyPlace,
): Promise<Queue | undefined> {
  const { buckets, bounds, hold } = reading;
  const found = await buckets
    .find({ ...source, date: new Date(day), seq: { $gte: seq } }, { ...bounds, ...MAJORITY })
    .project<Pick<Bucket, 'seq' | 'count' | 'events'>>({
      seq: 1,
      count: 1,
      events: 1,
    })
    .sort({ seq: 1 })
    .limit(1)
    .toArray();
  const [bucket] = found;
  if (!bucket) return undefined;
  // The bucket is gone: retention may delete it.
  if (bucket.seq > seq && index > 0) {
    return load(reading, source, day, { seq: bucket.seq, index: 0 });
  }
  hold('query', BSON.calculateObjectSize(bucket));
  return { day, seq: bucket.seq, count: bucket.count, index, events: bucket.events.slice(index) };
}

/** The queue whose first event was received first; those whose bucket was emptied come before. */
function findFirst(queues: (Queue | undefined)[]): Queue | undefined {
  let first: Queue | undefined;
  for (const queue of queues) {
    if (queue && isPending(queue) && (!first || toReceipt(queue) < toReceipt(first))) first = queue;
  }
  return first;
}

const isPending = ({ events, count }: Queue): boolean => events.length > 0 || count > BUCKET_SIZE;

const toReceipt = ({ events: [first] }: Queue): number => first?.at ?? 0;

/** Undefined for an event that was deleted, or was already older than 48 hours when it arrived. */
function toLiveEvent(place: Bucket['events'][number], source: Source): Event | undefined {
  if (!isThere(place)) return undefined;
  if (place.date.getTime() < toReceivedAt(place).getTime() - LIVE_MS) return undefined;
  return toEvent({ date: place.date, event: place }, source);
}
