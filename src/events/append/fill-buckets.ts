import type { ObjectId } from 'mongodb';
import type { Bucket, BucketEvent, BucketKey } from '../bucket.ts';
import { BUCKET_SIZE, newestDate } from '../bucket.ts';
import { toStoredReadings } from '../statistics/readings.ts';
import { readReadings, writeStatistics } from '../statistics/write-statistics.ts';
import type { Place } from './enlist-buckets.ts';
import { enlistBuckets } from './enlist-buckets.ts';
import type { NewestBucket } from './find-newest-bucket.ts';
import type { KnownBuckets } from './known-buckets.ts';
import { toKnownBucket } from './known-buckets.ts';
import type { Target } from './push-events.ts';
import { pushEvents, toGuard } from './push-events.ts';

/** Receives the outcome of each event, as soon as it is known. */
export type Settle = (event: BucketEvent, outcome: 'created' | 'duplicate') => void;

type Events = [BucketEvent, ...BucketEvent[]];

/**
 * Appends new events to the newest bucket, whose series is written, and, where that fills up, to the next
 * ones. Each update but the last fills its bucket. Returns the events that are left when an update does not
 * match; append-events.ts says why that is enough.
 */
export const fillBuckets = async (
  store: KnownBuckets,
  key: BucketKey,
  last: NewestBucket | undefined,
  { events, taken }: { events: BucketEvent[]; taken: Set<BucketEvent> },
  settle: Settle,
): Promise<BucketEvent[]> => {
  const { buckets, remember, measure } = store;
  const opened: Place[] = [];
  const full: ObjectId[] = [];
  const isFull = last !== undefined && last.count >= BUCKET_SIZE;
  let seq = isFull ? last.seq + 1 : (last?.seq ?? 0);
  let count = last && !isFull ? last.count : 0;
  let floor = last ? newestDate(last) : undefined;
  let known = last?.known;
  let rest = events;
  while (rest.length > 0) {
    const room = BUCKET_SIZE - count;
    const chunk = rest.slice(0, room) as Events;
    const target: Target =
      count > 0 && last
        ? { bucket: { ...key, seq, _id: last._id }, isListed: true }
        : { bucket: { ...key, seq }, whenNew: toNewBucket(chunk, floor) };
    const guard = toGuard(rest.filter((event) => !taken.has(event)));
    // Room for a whole bucket is in a new one only; a bucket that is new has no `count` of 0 either.
    const isExact = chunk.length === room || rest.some((event) => taken.has(event));
    const pushed = await pushEvents(
      buckets,
      target,
      isExact ? { count } : { count: { $lte: BUCKET_SIZE - chunk.length }, ...guard },
      chunk,
    );
    if (!pushed) break;
    // Of a bucket that is full now, or was when its successor was opened; one that was emptied is neither.
    const isFilled = !pushed.opened && chunk.length === room;
    const isPredecessor = opened.length === 0 && pushed.opened && last?.count === BUCKET_SIZE;
    if (last && !last.stats && (isFilled || isPredecessor)) full.push(last._id);
    if (pushed.opened) {
      opened.push({ seq, _id: pushed.opened });
      known = toKnownBucket({ seq, _id: pushed.opened }, known);
      remember(key, known);
      measure('BucketsOpened', 1);
    }
    rest = rest.slice(room);
    const newestOfChunk = (chunk.at(-1) ?? chunk[0]).date;
    floor = floor && floor > newestOfChunk ? floor : newestOfChunk;
    seq += 1;
    count = 0;
  }
  await enlistBuckets(store, key, opened);
  for (const event of events.slice(0, events.length - rest.length)) settle(event, 'created');
  if (full.length > 0) {
    // No request waits for it; where it fails, a summary does it.
    readReadings(buckets, key, full)
      .then((read) => writeStatistics(buckets, key, read))
      .catch(() => undefined);
  }
  return rest;
};

/** What a bucket has from the beginning; statistics if these events fill it. */
function toNewBucket(events: BucketEvent[], floor: Date | undefined): Partial<Bucket> {
  const readings = events.flatMap((event) =>
    'value' in event && typeof event.value === 'number'
      ? { date: event.date, value: event.value }
      : [],
  );
  return {
    ...(floor && { floor }),
    ...(events.length === BUCKET_SIZE && { stats: toStoredReadings(readings) }),
  };
}
