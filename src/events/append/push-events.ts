import type { Collection, Filter, ObjectId, UpdateFilter } from 'mongodb';
import { errorCodes, hasCode } from '../../database/error-codes.ts';
import type { Bucket, BucketEvent, BucketKey } from '../bucket.ts';

/** One bucket of a key. With `whenNew`, it is opened with these fields if it does not exist. */
export type Target = {
  bucket: BucketKey & { seq: number; _id?: ObjectId };
  whenNew?: Partial<Bucket>;
  /** This process knows that the bucket is in its series; otherwise the bucket must say so. */
  isListed?: true;
};

/**
 * Appends events, oldest first, to a bucket: all of them, or none. The guard must require room for them.
 * Returns undefined if the update does not match (append-events.ts lists the cases); otherwise `opened` is the
 * `_id` of the bucket if this update opened it.
 */
export const pushEvents = async (
  buckets: Collection<Bucket>,
  { bucket, whenNew, isListed }: Target,
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
    ...(whenNew && { $setOnInsert: { ...whenNew, unlisted: true } }),
  };
  try {
    const upsert = whenNew !== undefined;
    const filter = { ...bucket, ...(!isListed && { unlisted: { $exists: false } }), ...guard };
    const result = await buckets.updateOne(filter as Filter<Bucket>, update, { upsert });
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
 * instant.
 */
export const toGuard = (events: BucketEvent[]): Filter<Bucket> => {
  const ids = events.flatMap(({ id }) => id ?? []);
  const dates = events.flatMap(({ id, date }) => (id === undefined ? date : []));
  return {
    ...(dates.length > 0 && { 'events.date': { $nin: dates } }),
    ...(ids.length > 0 && { 'events.id': { $nin: ids } }),
  };
};
