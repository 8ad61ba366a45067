import type { Collection, Filter } from 'mongodb';
import type { components } from '../generated/openapi.ts';
import type { Bucket, BucketEvent } from './bucket.ts';
import { toDay } from './bucket.ts';
import type { EventRange } from './event-range.ts';
import type { Position } from './page-cursor.ts';
import { comparePositions } from './page-cursor.ts';
import { fromStoredValue } from './stored-value.ts';

/** Some events, in order; `next` is the last of them where there are more. */
export type EventPage = { events: components['schemas']['StoredEvent'][]; next?: Position };

type Found = Position & { event: BucketEvent };
type BucketPart = Pick<Bucket, 'date' | 'seq' | 'floor' | 'events'>;

// Below the 6 MB that a Lambda function may answer, with room for the event around it.
const MAX_PAGE_BYTES = 5_500_000;

/**
 * Newest first, reads only as many buckets as the page needs: each one's `floor` tells what the unread ones
 * can hold. Oldest first nothing tells that, so it reads the page's last day to its end.
 */
export const listEvents = async (
  buckets: Collection<Bucket>,
  range: EventRange,
): Promise<EventPage> => {
  const page: EventPage['events'] = [];
  let bytes = 2;
  let last: Position | undefined;
  for await (const found of inOrder(buckets, range)) {
    const event = { date: found.date.toISOString(), value: fromStoredValue(found.event) };
    bytes += Buffer.byteLength(JSON.stringify(event)) + 1;
    const isFull = page.length === range.limit || (bytes > MAX_PAGE_BYTES && page.length > 0);
    if (isFull && last) return { events: page, next: last };
    page.push(event);
    last = found;
  }
  return { events: page };
};

/** Every event of the range from where it begins, in its order. */
export async function* inOrder(
  buckets: Collection<Bucket>,
  range: EventRange,
): AsyncGenerator<Found> {
  const sign = range.order === 'asc' ? 1 : -1;
  const isNext = createFilter(range, sign);
  let waiting: Found[] = [];
  let day: number | undefined;
  for await (const bucket of readBuckets(buckets, range)) {
    // All events of a bucket are of its day.
    if (bucket.date.getTime() !== day) yield* waiting.splice(0);
    day = bucket.date.getTime();
    waiting = [...waiting, ...toFound(bucket).filter(isNext)];
    waiting.sort((a, b) => sign * comparePositions(a, b));
    if (range.order === 'desc') yield* waiting.splice(0, countSettled(waiting, bucket));
  }
  yield* waiting;
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
function readBuckets(buckets: Collection<Bucket>, range: EventRange): AsyncIterable<BucketPart> {
  const { order, after, limit } = range;
  // The page before has had what lies beyond its last event.
  const from = order === 'asc' && after && after.date > range.from ? after.date : range.from;
  const to = order === 'desc' && after && after.date < range.to ? after.date : range.to;
  const filter: Filter<Bucket> = {
    deviceID: range.deviceID.toLowerCase(),
    eventType: range.eventType,
    date: { $gte: toDay(from), $lte: to },
    first: { $lte: to },
    last: { $gte: from },
  };
  return buckets.find<BucketPart>(filter, {
    projection: { _id: 0, date: 1, seq: 1, floor: 1, events: 1 },
    sort: order === 'asc' ? { date: 1, seq: 1 } : { date: -1, seq: -1 },
    // A bucket has 200 events: about a page at once, and never much more than a reply may have.
    batchSize: Math.min(Math.ceil(limit / 200) + 1, 20),
  });
}
