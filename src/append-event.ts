import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Collection, Filter, UpdateFilter } from 'mongodb';
import { MongoServerError } from 'mongodb';
import type { components } from '../generated/openapi.ts';
import type { Bucket, BucketEvent, BucketKey } from './bucket.ts';
import { BUCKET_SIZE, toBucketEvent, toBucketKey } from './bucket.ts';
import { EventStoreUnavailable } from './event-store-unavailable.ts';
import type { NewestBuckets } from './newest-buckets.ts';
import { fromStoredValue } from './stored-value.ts';

type Outcome = 'created' | 'duplicate';
type Newest = Pick<Bucket, 'seq' | 'count' | 'last' | 'floor'>;

// The rest of the time that event-store-unavailable.ts gives is for the last try itself.
const LAST_TRY_MS = 5_000;
const MAX_TRIES = 50;

/**
 * Appends an event to the newest bucket of its key, unless it is stored already: one round trip in the
 * common case. The guards in the filters, not the look-ups, keep it right under concurrent writers.
 */
export const appendEvent = async (
  buckets: Collection<Bucket>,
  newest: NewestBuckets,
  event: components['schemas']['NewEvent'],
): Promise<Outcome> => {
  const key = toBucketKey(event);
  const element = toBucketEvent(event);
  if (await appendToKnown(buckets, key, newest.get(key), element)) return 'created';

  const end = performance.now() + LAST_TRY_MS;
  for (let tries = 0; tries < MAX_TRIES && performance.now() < end; tries += 1) {
    if (tries > 0) await sleep(Math.random() * Math.min(50, 2 ** tries));
    const outcome = await lookAndAppend(buckets, newest, key, element);
    if (outcome) return outcome;
  }
  throw new EventStoreUnavailable('Too many writers at one device and event type');
};

/** Only an event newer than all earlier buckets goes this way: it cannot be in one of them. */
function appendToKnown(
  buckets: Collection<Bucket>,
  key: BucketKey,
  seq: number,
  element: BucketEvent,
): Promise<boolean> {
  const guard: Filter<Bucket> = { 'events.date': { $ne: element.date } };
  return seq === 0
    ? push(buckets, { ...key, seq }, guard, element, {})
    : push(buckets, { ...key, seq }, { ...guard, floor: { $lt: element.date } }, element);
}

/** Returns undefined where another writer was first: look again. */
async function lookAndAppend(
  buckets: Collection<Bucket>,
  newest: NewestBuckets,
  key: BucketKey,
  element: BucketEvent,
): Promise<Outcome | undefined> {
  const bucket: Newest | null = await buckets.findOne(key, {
    sort: { seq: -1 },
    projection: { _id: 0, seq: 1, count: 1, last: 1, floor: 1 },
  });
  newest.set(key, bucket?.seq ?? 0);
  if (!bucket) return (await appendToKnown(buckets, key, 0, element)) ? 'created' : undefined;

  const twins =
    element.date > newestDate(bucket) ? [] : await findTwins(buckets, key, element.date);
  if (twins.some((twin) => isSameValue(twin, element))) return 'duplicate';

  // Where the instant is taken by another value, only the whole element tells a duplicate. `$ne` compares
  // it as it is; a filter on `value` would also match arrays that contain it.
  const guard: Filter<Bucket> =
    twins.length === 0 ? { 'events.date': { $ne: element.date } } : { events: { $ne: element } };
  const isFull = bucket.count >= BUCKET_SIZE;
  const appended = isFull
    ? await push(buckets, { ...key, seq: bucket.seq + 1 }, guard, element, {
        floor: newestDate(bucket),
      })
    : await push(buckets, { ...key, seq: bucket.seq }, guard, element);
  if (appended && isFull) newest.set(key, bucket.seq + 1);
  return appended ? 'created' : undefined;
}

/** Appends if the guard holds; with `whenNew`, opens the bucket with these fields if it does not exist. */
async function push(
  buckets: Collection<Bucket>,
  bucket: BucketKey & { seq: number },
  guard: Filter<Bucket>,
  element: BucketEvent,
  whenNew?: Partial<Bucket>,
): Promise<boolean> {
  // $push alone, never with $position, $sort or $slice: MongoDB then logs just the new element.
  const update: UpdateFilter<Bucket> = {
    $push: { events: element },
    $inc: { count: 1 },
    $min: { first: element.date },
    $max: { last: element.date },
    ...(whenNew?.floor && { $setOnInsert: { floor: whenNew.floor } }),
  };
  const filter: Filter<Bucket> = { ...bucket, count: { $lt: BUCKET_SIZE }, ...guard };
  try {
    const result = await buckets.updateOne(filter, update, { upsert: whenNew !== undefined });
    return result.matchedCount + result.upsertedCount > 0;
  } catch (error) {
    // The bucket exists, but the guard does not hold.
    if (error instanceof MongoServerError && error.code === 11000) return false;
    throw error;
  }
}

/** The events of the key that have this very instant. */
async function findTwins(
  buckets: Collection<Bucket>,
  key: BucketKey,
  date: Date,
): Promise<BucketEvent[]> {
  const found = await buckets
    .aggregate<Pick<Bucket, 'events'>>([
      { $match: { ...key, first: { $lte: date }, last: { $gte: date }, 'events.date': date } },
      {
        $project: {
          _id: 0,
          events: {
            $filter: { input: '$events', as: 'event', cond: { $eq: ['$$event.date', date] } },
          },
        },
      },
    ])
    .toArray();
  return found.flatMap(({ events }) => events);
}

const newestDate = ({ last, floor }: Newest): Date => (floor && floor > last ? floor : last);

const isSameValue = (a: BucketEvent, b: BucketEvent): boolean =>
  isDeepStrictEqual(toPlainJson(fromStoredValue(a)), toPlainJson(fromStoredValue(b)));

/** JSON has one zero; JavaScript, and its strict equality, has two. */
const toPlainJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
