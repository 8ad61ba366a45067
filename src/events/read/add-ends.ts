import type { WithId } from 'mongodb';
import type { Bucket } from '../bucket.ts';
import { BUCKET_SIZE, FIRST_INDEX, LATEST_DATE, newestDate, toReceivedAt } from '../bucket.ts';
import type { Series } from '../series.ts';
import { toDay } from '../to-day.ts';
import { findArrivalsToday, LAST_ARRIVAL } from './find-arrivals-today.ts';
import { findEndEvent } from './find-end-event.ts';
import { findNewestEvents, toSourceText } from './find-newest-events.ts';
import { ofDevices } from './of-devices.ts';
import type { Reading } from './reading.ts';
import { toOneBatch } from './to-one-batch.ts';

/**
 * A series, and what its newest bucket adds. `lastReceivedAt` needs no write of its own: it is when the newest bucket got
 * its last event, or when a bucket was opened last, by a backlog for older days for instance. If the newest bucket is of
 * a day to come, because the device's clock was ahead, today's events count as well.
 */
export type KnownSeries = Series & { lastEventAt?: Date; lastReceivedAt: Date };

// As precise as silence is judged: a whole fleet whose clocks are ahead costs nothing more while it sends.
const RECENT_MS = 60_000;

/** `at` is when its last event to arrive did, as in BucketEvent. */
type Found = Pick<WithId<Bucket>, '_id' | 'count' | 'edits' | 'last' | 'floor'> & { at?: number };

/**
 * Reads the newest bucket of each series, without its events. Where it does not tell the date of the newest event, since
 * events were deleted, that event is read.
 */
export const addEnds = async (reading: Reading, series: Series[]): Promise<KnownSeries[]> => {
  const { buckets, bounds } = reading;
  const ids = series.flatMap(({ newest }) => newest?._id ?? []);
  const fields = { count: 1, edits: 1, last: 1, floor: 1, at: LAST_ARRIVAL };
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
  const bucketOf = ({ newest }: Series) => byId.get(String(newest?._id));
  const newest = await findNewestEvents(
    reading,
    series.filter((each) => mayBeGone(each, bucketOf(each))),
  );
  const now = new Date();
  const isAhead = (each: Series): boolean =>
    each.newest !== undefined &&
    each.newest.date > toDay(now) &&
    toLastReceipt(each, bucketOf(each)).getTime() < now.getTime() - RECENT_MS;
  const arrivals = await findArrivalsToday(reading, series.filter(isAhead), now);
  return series.map((each) => {
    const bucket = bucketOf(each);
    if (!bucket) return { ...each, lastReceivedAt: each.lastOpenedAt };
    const lastEventAt = mayBeGone(each, bucket)
      ? newest.get(toSourceText(each))?.date
      : newestDate(bucket);
    return {
      ...each,
      ...(lastEventAt && { lastEventAt }),
      lastReceivedAt: latest([toLastReceipt(each, bucket), arrivals.get(toSourceText(each))]),
    };
  });
};

/** When the newest bucket got its last event, or when a bucket was opened last. */
const toLastReceipt = ({ lastOpenedAt }: Series, { at }: Pick<Found, 'at'> = {}): Date =>
  at === undefined ? lastOpenedAt : latest([lastOpenedAt, toReceivedAt({ at })]);

const latest = (instants: [Date, Date | undefined]): Date =>
  new Date(Math.max(...instants.map((instant) => instant?.getTime() ?? 0)));

/** Whether events were deleted so that those of the newest date may be among them. */
const mayBeGone = ({ edited, erased }: Series, bucket: Found | undefined): boolean =>
  bucket !== undefined &&
  (edited === true ||
    bucket.edits !== undefined ||
    bucket.count > BUCKET_SIZE ||
    (erased === true && newestDate(bucket) > bucket.last));

/** Finds the oldest instant of the events of each series, in the index and one bucket without its events. */
export const findFirstDates = (reading: Reading, series: Series[]) =>
  Promise.all(
    series.map(async ({ deviceID, eventType }): Promise<Date | undefined> => {
      const found = await reading.buckets.findOne(
        { deviceID, eventType },
        {
          ...reading.bounds,
          hint: FIRST_INDEX,
          sort: { first: 1, seq: 1 },
          projection: { _id: 0, first: 1, edits: 1 },
        },
      );
      if (found?.edits) return (await findEndEvent(reading, { deviceID, eventType }, 'asc'))?.date;
      // An emptied bucket comes last: it begins after every instant.
      return found && found.first < LATEST_DATE ? found.first : undefined;
    }),
  );
