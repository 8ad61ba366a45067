import type { AggregateOptions, Collection, ObjectId } from 'mongodb';
import type { Bucket, BucketKey } from '../bucket.ts';
import { BUCKET_SIZE } from '../bucket.ts';
import type { Reading } from './readings.ts';
import { toStoredReadings } from './readings.ts';

/*
 * Statistics of a bucket.
 *
 * Nothing is added to a full bucket, so what its events come to is added up once: by the process that filled
 * it or opened the next one, after it has answered, or else by the first summary that finds none. They are
 * written only if nothing was deleted since the events were read (`count`, `edits`), and each deletion removes
 * them in its own update. So where a bucket has statistics, they are those of its events; it may have none.
 */

/** A bucket's numeric events, in the order of arrival, and what tells that they are still the same. */
export type BucketReadings = Pick<Bucket, 'date' | 'count' | 'edits'> & {
  _id: ObjectId;
  events: Reading[];
};

type Source = Pick<BucketKey, 'deviceID' | 'eventType'>;

/** Reads the numeric events of some buckets, and of these events alone. */
export const readReadings = (
  buckets: Collection<Bucket>,
  source: Source,
  ids: ObjectId[],
  bounds: AggregateOptions = {},
): Promise<BucketReadings[]> => {
  // In BSON's order of types, numbers are between null and text.
  const isNumber = { $and: [{ $gt: ['$$event.value', null] }, { $lt: ['$$event.value', ''] }] };
  const events = { $filter: { input: '$events', as: 'event', cond: isNumber } };
  const { deviceID, eventType } = source;
  return buckets
    .aggregate<BucketReadings>(
      [
        { $match: { deviceID, eventType, _id: { $in: ids } } },
        { $project: { date: 1, count: 1, edits: 1, events } },
      ],
      { ...bounds, batchSize: ids.length + 1 },
    )
    .toArray();
};

/** Writes the statistics of those buckets that are full and have none. */
export const writeStatistics = async (
  buckets: Collection<Bucket>,
  { deviceID, eventType }: Source,
  read: BucketReadings[],
): Promise<void> => {
  const updates = read
    .filter(({ count }) => count === BUCKET_SIZE)
    .map(({ _id, date, edits = null, events }) => ({
      updateOne: {
        filter: {
          deviceID,
          eventType,
          date,
          _id,
          count: BUCKET_SIZE,
          edits,
          stats: { $exists: false },
        },
        update: { $set: { stats: toStoredReadings(events) } },
      },
    }));
  if (updates.length > 0) await buckets.bulkWrite(updates as never, { ordered: false });
};
