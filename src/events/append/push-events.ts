import type { Collection, Filter, ObjectId, UpdateFilter } from 'mongodb';
import { errorCodes, hasCode } from '../../database/error-codes.ts';
import type { Bucket, BucketEvent, BucketKey } from '../bucket.ts';
import { BUCKET_SIZE } from '../bucket.ts';

/** One bucket of a key; with `whenNew`, it is opened with these fields if it does not exist. */
export type Target = {
  bucket: BucketKey & { seq: number; _id?: ObjectId };
  whenNew?: Partial<Bucket>;
};

/**
 * Appends events, oldest first, to a bucket that has room for all of them, if the guard holds: all or none.
 * Undefined where it does not; `opened` is the `_id` of a bucket that was not there before.
 */
export const pushEvents = async (
  buckets: Collection<Bucket>,
  { bucket, whenNew }: Target,
  guard: Filter<Bucket>,
  events: [BucketEvent, ...BucketEvent[]],
): Promise<{ opened?: ObjectId } | undefined> => {
  const [first] = events;
  // $push alone, never with $position, $sort or $slice: MongoDB then logs just the new elements.
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
    // The bucket exists, but the guard does not hold.
    if (hasCode(error, errorCodes.duplicateKey)) return undefined;
    throw error;
  }
};

/** Holds for a bucket that has none of the events; those whose instant is taken are compared whole. */
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
  // `$nin` compares an event as it is; a filter on its `value` would also match arrays that contain it.
  if (whole.length > 0) guard.events = { $nin: whole };
  return guard;
};
