import type { Collection, Filter, ObjectId, UpdateFilter } from 'mongodb';
import { errorCodes, hasCode } from '../../database/error-codes.ts';
import type { Bucket, BucketEvent, BucketKey } from '../bucket.ts';
import { BUCKET_SIZE } from '../bucket.ts';

/** One bucket of a key. With `whenNew`, it is opened with these fields if it does not exist. */
export type Target = {
  bucket: BucketKey & { seq: number; _id?: ObjectId };
  whenNew?: Partial<Bucket>;
};

/**
 * Appends events, oldest first, to a bucket: all of them, or none. Returns undefined if the update does not
 * match (append-events.ts lists the cases); otherwise `opened` is the `_id` of the bucket if this update
 * opened it.
 */
export const pushEvents = async (
  buckets: Collection<Bucket>,
  { bucket, whenNew }: Target,
  guard: Filter<Bucket>,
  events: [BucketEvent, ...BucketEvent[]],
): Promise<{ opened?: ObjectId } | undefined> => {
  const [first] = events;
  // $push without $position, $sort and $slice: MongoDB then logs only the new elements.
  const update: UpdateFilter<Bucket> = {
    $push: { events: events.length === 1 ? first : { $each: events } },
    $inc: { count: events.length },
    $min: { first: first.date },
    $max: { last: (events.at(-1) ?? first).date },
    ...(whenNew?.floor && { $setOnInsert: { floor: whenNew.floor } }),
  };
  const room = { count: { $lte: BUCKET_SIZE - events.length } };
  try {
    const upsert = whenNew !== undefined;
    const result = await buckets.updateOne({ ...bucket, ...room, ...guard }, update, { upsert });
    if (result.upsertedId) return { opened: result.upsertedId };
    return result.matchedCount > 0 ? {} : undefined;
  } catch (error) {
    // An upsert that does not match inserts, which the unique index refuses if the bucket exists.
    if (hasCode(error, errorCodes.duplicateKey)) return undefined;
    throw error;
  }
};

/**
 * A filter that matches a bucket with none of the events. Events without an id are compared by their
 * instant; those at a `taken` instant, which another event has too, are compared whole.
 */
export const toGuard = (
  events: BucketEvent[],
  taken: ReadonlySet<BucketEvent> = new Set(),
): Filter<Bucket> => {
  const ids: string[] = [];
  const dates: Date[] = [];
  const whole: BucketEvent[] = [];
  for (const event of events) {
    if (event.id !== undefined) ids.push(event.id);
    else if (taken.has(event)) whole.push(event);
    else dates.push(event.date);
  }
  const guard: Filter<Bucket> = {};
  if (dates.length > 0) guard['events.date'] = { $nin: dates };
  if (ids.length > 0) guard['events.id'] = { $nin: ids };
  // A filter on `events.value` would also match arrays that contain the value; `$nin` compares whole events.
  if (whole.length > 0) guard.events = { $nin: whole };
  return guard;
};
