import type { BucketEvent } from '../bucket.ts';
import type { EventRange } from './event-range.ts';
import type { Position } from './position.ts';
import { comparePositions } from './position.ts';
import type { BucketPart } from './read-buckets.ts';
import { readBuckets } from './read-buckets.ts';
import type { Reading } from './reading.ts';

/** An event, and its position. */
export type FoundEvent = Position & { event: BucketEvent };

/**
 * Reads the events of a range, after its `after`, in its order. Yields many at a time, since awaiting each
 * one costs more than reading it; a run may be empty.
 *
 * Buckets come in the order of the index, but an event that arrived late lies in a later bucket than its
 * instant suggests. So events wait until no bucket that is still to come can hold one that goes before
 * them:
 * - Newest first, the buckets still to come of a day are the earlier ones, and their newest date is the
 *   `floor` of the bucket that was just read. Events at or after it are settled (at the same instant, a
 *   lower `seq` is older). A page reads only the buckets that it needs.
 * - Oldest first, nothing tells the oldest date of later buckets: a day is read to its end.
 *
 * A bucket's events are all of its day, so days never mix.
 * @param onBucket is called with each bucket before its events are yielded
 */
export async function* inOrder(
  reading: Reading,
  range: EventRange,
  onBucket: (bucket: BucketPart) => unknown = () => undefined,
): AsyncGenerator<FoundEvent[]> {
  const sign = range.order === 'asc' ? 1 : -1;
  const isWanted = createFilter(range, sign);
  let waiting: FoundEvent[] = [];
  let day: number | undefined;
  for await (const bucket of readBuckets(reading, range)) {
    onBucket(bucket);
    if (bucket.date.getTime() !== day) yield waiting.splice(0);
    day = bucket.date.getTime();
    waiting = [...waiting, ...toFoundEvents(bucket).filter(isWanted)];
    waiting.sort((a, b) => sign * comparePositions(a, b));
    if (range.order === 'desc') yield waiting.splice(0, countSettled(waiting, bucket));
  }
  yield waiting;
}

/** Counts the waiting events, newest first, that no bucket still to come can have one before. */
function countSettled(waiting: FoundEvent[], { floor }: BucketPart): number {
  const open = waiting.findIndex(({ date }) => floor !== undefined && date < floor);
  return open === -1 ? waiting.length : open;
}

function createFilter(
  { from, to, after }: EventRange,
  sign: number,
): (found: FoundEvent) => boolean {
  return (found) =>
    found.date >= from &&
    found.date < to &&
    (after === undefined || sign * comparePositions(found, after) > 0);
}

const toFoundEvents = ({ seq, events }: BucketPart): FoundEvent[] =>
  events.map((event, index) => ({ date: event.date, seq, index, event }));
