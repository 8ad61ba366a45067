import type { Collection, Filter } from 'mongodb';
import type { components } from '../../../generated/openapi.ts';
import { toDeviceKey } from '../../names/device-key.ts';
import type { Bucket, BucketEvent } from '../bucket.ts';
import { BUCKET_SIZE, toDay } from '../bucket.ts';
import { fromStoredValue } from '../stored-value.ts';
import type { EventRange } from './event-range.ts';
import type { BucketState, PageVersion } from './page-version.ts';
import { isVersionOf, toPageVersion } from './page-version.ts';
import type { Position } from './position.ts';
import { comparePositions } from './position.ts';

type StoredEvent = components['schemas']['StoredEvent'];

/** Some events, in order; `next` is the last of them where there are more. */
export type EventPage = { events: StoredEvent[]; version: PageVersion; next?: Position };

type Found = Position & { event: BucketEvent };
type BucketPart = BucketState & Pick<Bucket, 'date' | 'seq' | 'floor' | 'events'>;

// Below the 6 MiB that a Lambda function may answer, with room for what is around the events.
const MAX_PAGE_BYTES = 6_000_000;

/**
 * Newest first, reads only as many buckets as the page needs: each one's `floor` tells what the unread ones
 * can hold. Oldest first nothing tells that, so it reads the page's last day to its end.
 */
export const listEvents = async (
  buckets: Collection<Bucket>,
  range: EventRange,
  toText: (event: StoredEvent) => string = JSON.stringify,
): Promise<EventPage> => {
  const read: BucketState[] = [];
  const { events, take } = createPage(range.limit, toText);
  let last: Position | undefined;
  let day: number | undefined;
  const onBucket = ({ _id, count, date }: BucketPart): void => {
    read.push({ _id, count });
    day = date.getTime();
  };
  for await (const run of inOrder(buckets, range, onBucket)) {
    for (const found of run) {
      if (!take(found) && last) {
        // Oldest first, the day of the last bucket was read to its end: one more may hold older events.
        const isEnd = range.order === 'asc' && toDay(found.date).getTime() === day;
        return { events, version: toPageVersion(read, isEnd), next: last };
      }
      last = found;
    }
  }
  return { events, version: toPageVersion(read, true) };
};

// Most events are such: to write each down just to count it would take as long as all else of a page.
const LONGEST_PLAIN_EVENT = { date: '9999-12-31T23:59:59.999Z', value: -Number.MAX_VALUE };

const isPlain = (value: unknown): boolean =>
  value === null || typeof value === 'number' || typeof value === 'boolean';

/** A page that takes events until it, or a function's reply, has no room for more; one it always takes. */
function createPage(limit: number, toText: (event: StoredEvent) => string) {
  const events: StoredEvent[] = [];
  let bytes = 0;
  // As a function answers it: text within JSON, where each quote counts twice.
  const toBytes = (event: StoredEvent) => Buffer.byteLength(JSON.stringify(toText(event)));
  const plainBytes = toBytes(LONGEST_PLAIN_EVENT);
  const take = ({ date, event }: Found): boolean => {
    const stored = { date: date.toISOString(), value: fromStoredValue(event) };
    bytes += isPlain(stored.value) ? plainBytes : toBytes(stored);
    const isFull = events.length === limit || (bytes > MAX_PAGE_BYTES && events.length > 0);
    if (!isFull) events.push(stored);
    return !isFull;
  };
  return { events, take };
}

/** Which of these versions the page would have again, if any; reads no events. */
export const findCurrentVersion = async (
  buckets: Collection<Bucket>,
  range: EventRange,
  versions: PageVersion[],
): Promise<PageVersion | undefined> => {
  const count = Math.max(...versions.map((version) => version.buckets));
  const states = await buckets
    .find<BucketState>(toFilter(range), {
      projection: { count: 1 },
      sort: toSort(range),
      limit: count + 1,
    })
    .toArray();
  return versions.find((version) => isVersionOf(states.slice(0, version.buckets + 1), version));
};

/**
 * Every event of the range from where it begins, in its order; many at a time, since to wait for each costs
 * more than to read it.
 */
export async function* inOrder(
  buckets: Collection<Bucket>,
  range: EventRange,
  onBucket: (bucket: BucketPart) => unknown = () => undefined,
): AsyncGenerator<Found[]> {
  const sign = range.order === 'asc' ? 1 : -1;
  const isNext = createFilter(range, sign);
  let waiting: Found[] = [];
  let day: number | undefined;
  for await (const bucket of readBuckets(buckets, range)) {
    onBucket(bucket);
    // All events of a bucket are of its day.
    if (bucket.date.getTime() !== day) yield waiting.splice(0);
    day = bucket.date.getTime();
    waiting = [...waiting, ...toFound(bucket).filter(isNext)];
    waiting.sort((a, b) => sign * comparePositions(a, b));
    if (range.order === 'desc') yield waiting.splice(0, countSettled(waiting, bucket));
  }
  yield waiting;
}

/** How many of them, newest first, no bucket that is still to come can go before. */
function countSettled(waiting: Found[], { floor }: BucketPart): number {
  const open = waiting.findIndex(({ date }) => floor !== undefined && date < floor);
  return open === -1 ? waiting.length : open;
}

function createFilter({ from, to, after }: EventRange, sign: number): (found: Found) => boolean {
  return (found) =>
    found.date >= from &&
    found.date < to &&
    (after === undefined || sign * comparePositions(found, after) > 0);
}

const toFound = ({ seq, events }: BucketPart): Found[] =>
  events.map((event, index) => ({ date: event.date, seq, index, event }));

/** In the order of the index, which no writer changes: each bucket comes once. */
async function* readBuckets(
  buckets: Collection<Bucket>,
  range: EventRange,
): AsyncGenerator<BucketPart> {
  const options = {
    projection: { date: 1, seq: 1, count: 1, floor: 1, events: 1 },
    sort: toSort(range),
  };
  // About a page at once, and never much more than a reply may have.
  const batchSize = Math.min(Math.ceil(range.limit / BUCKET_SIZE) + 1, 20);
  // Most pages end here. With a limit, there is no cursor left that would take a request to close.
  const first = await buckets
    .find<BucketPart>(toFilter(range), { ...options, limit: batchSize })
    .toArray();
  yield* first;
  const last = first.at(-1);
  if (!last || first.length < batchSize) return;
  yield* buckets.find<BucketPart>(toFilterAfter(range, last), { ...options, batchSize });
}

/** The rest of the bucket's day, and the days after it. */
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
  // The page before has had what lies beyond its last event.
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
