import type { WithId } from 'mongodb';
import type { Bucket } from '../bucket.ts';
import { BUCKET_SIZE, FIRST_INDEX, LATEST_DATE, newestDate, toReceivedAt } from '../bucket.ts';
import type { Series } from '../series.ts';
import { ofDevices } from './of-devices.ts';
import type { Reading } from './reading.ts';
import { toOneBatch } from './to-one-batch.ts';

/**
 * A series, and what its newest bucket adds. `lastReceivedAt` needs no write of its own: it is when the newest bucket got
 * its last event, or when a bucket was opened last, by a backlog for older days for instance.
 */
export type KnownSeries = Series & { lastEventAt?: Date; lastReceivedAt: Date };

/** As `at` of the events is: places of deleted events have none. */
const LAST_ARRIVAL = { $max: { $map: { input: '$events', in: '$$this.at' } } };

/** `at` is when its last event to arrive did, as in BucketEvent. */
type Found = Pick<WithId<Bucket>, '_id' | 'count' | 'last' | 'floor'> & { at?: number };

/** Reads the newest bucket of each series, without its events. */
export const addEnds = async (
  { buckets, bounds }: Reading,
  series: Series[],
): Promise<KnownSeries[]> => {
  const ids = series.flatMap(({ newest }) => newest?._id ?? []);
  const fields = { count: 1, last: 1, floor: 1, at: LAST_ARRIVAL };
  const found =
    ids.length === 0
      ? []
      : await buckets
          .aggregate<Found>(
            [{ $match: { ...ofDevices(series), _id: { $in: ids } } }, { $project: fields }],
            { ...bounds, ...toOneBatch(ids.length) },
          )
          .toArray();
  const byId = new Map(found.map((bucket) => [String(bucket._id), bucket]));
  return series.map((each) => {
    const bucket = byId.get(String(each.newest?._id));
    const { lastOpenedAt } = each;
    if (!bucket || bucket.count > BUCKET_SIZE) return { ...each, lastReceivedAt: lastOpenedAt };
    const { at = 0 } = bucket;
    const receivedAt = toReceivedAt({ at });
    return {
      ...each,
      lastEventAt: newestDate(bucket),
      lastReceivedAt: receivedAt > lastOpenedAt ? receivedAt : lastOpenedAt,
    };
  });
};

/** Finds the oldest instant of the events of each series, in the index alone. */
export const findFirstDates = ({ buckets, bounds }: Reading, series: Series[]) =>
  Promise.all(
    series.map(async ({ deviceID, eventType }): Promise<Date | undefined> => {
      const found = await buckets.findOne(
        { deviceID, eventType },
        {
          ...bounds,
          hint: FIRST_INDEX,
          sort: { first: 1, seq: 1 },
          projection: { _id: 0, first: 1 },
        },
      );
      // An emptied bucket comes last: it begins after every instant.
      return found && found.first < LATEST_DATE ? found.first : undefined;
    }),
  );
