import type { Filter } from 'mongodb';
import { toDeviceKey } from '../../names/device-key.ts';
import type { Bucket } from '../bucket.ts';
import { BUCKET_SIZE } from '../bucket.ts';
import { toDay } from '../to-day.ts';
import type { EventRange } from './event-range.ts';
import type { BucketState } from './page-version.ts';
import type { Reading } from './reading.ts';

/** The fields of a bucket that a page is made of. */
export type BucketPart = BucketState & Pick<Bucket, 'date' | 'seq' | 'floor' | 'events'>;

/**
 * Reads the buckets that may have events of a range, after its `after`, by day and `seq` in the range's
 * order. That is the order of the index, and no writer changes these fields: each bucket comes once.
 */
export async function* readBuckets(
  { buckets, bounds }: Reading,
  range: EventRange,
): AsyncGenerator<BucketPart> {
  const options = {
    projection: { date: 1, seq: 1, count: 1, floor: 1, events: 1 },
    ...bounds,
    sort: toSort(range),
  };
  // About one page, and never much more than a reply may contain.
  const batchSize = Math.min(Math.ceil(range.limit / BUCKET_SIZE) + 1, 20);
  // Most pages end with the first batch. A limit leaves no cursor that would take another request to close.
  const first = await buckets
    .find<BucketPart>(toFilter(range), { ...options, limit: batchSize })
    .toArray();
  yield* first;
  const last = first.at(-1);
  if (!last || first.length < batchSize) return;
  yield* buckets.find<BucketPart>(toFilterAfter(range, last), { ...options, batchSize });
}

/** Reads the states of the first `limit` buckets that `readBuckets` would read, without their events. */
export const readBucketStates = (
  { buckets, bounds }: Reading,
  range: EventRange,
  limit: number,
): Promise<BucketState[]> =>
  buckets
    .find<BucketState>(toFilter(range), {
      projection: { count: 1 },
      sort: toSort(range),
      limit,
      ...bounds,
    })
    .toArray();

/** Matches the rest of the bucket's day, and the days after it. */
function toFilterAfter(range: EventRange, { date, seq }: BucketPart): Filter<Bucket> {
  const filter = toFilter(range);
  const isAsc = range.order === 'asc';
  return {
    ...filter,
    $and: [{ date: isAsc ? { $gte: date } : { $lte: date } }],
    $or: [{ date: { $ne: date } }, { seq: isAsc ? { $gt: seq } : { $lt: seq } }],
  };
}

const toSort = ({ order }: EventRange): { date: 1 | -1; seq: 1 | -1 } =>
  order === 'asc' ? { date: 1, seq: 1 } : { date: -1, seq: -1 };

function toFilter(range: EventRange): Filter<Bucket> {
  const { order, after } = range;
  // Earlier pages contain everything up to `after`.
  const from = order === 'asc' && after && after.date > range.from ? after.date : range.from;
  const to = order === 'desc' && after && after.date < range.to ? after.date : range.to;
  return {
    deviceID: toDeviceKey(range.deviceID),
    eventType: range.eventType,
    date: { $gte: toDay(from), $lte: to },
    first: { $lte: to },
    last: { $gte: from },
  };
}
