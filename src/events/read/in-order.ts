import type { BucketEvent } from '../bucket.ts';
import { isThere } from '../bucket.ts';
import type { BucketPart, BucketRun } from './buckets/bucket-run.ts';
import { readBuckets } from './buckets/read-buckets.ts';
import type { EventRange } from './event-range.ts';
import type { Position } from './position.ts';
import { comparePositions } from './position.ts';
import type { Reading } from './reading.ts';

/** An event, and its position. */
export type FoundEvent = Position & { event: BucketEvent };

/**
 * Reads the events of a range, after its `after`, in its order. Yields many at a time, since awaiting each
 * one costs more than reading it; a run may be empty.
 *
 * An event that arrived late lies in a later bucket than its instant suggests. So events wait until no bucket that
 * is still to come can hold one that goes before them. A page reads only the buckets that it needs.
 * @param onRun is called with each run of buckets before its events are yielded
 * @param most is how many events are wanted; those that wait in vain are not held
 */
export async function* inOrder(
  reading: Reading,
  range: EventRange,
  onRun: (run: BucketRun) => unknown = () => undefined,
  most: number = Number.POSITIVE_INFINITY,
): AsyncGenerator<FoundEvent[]> {
  const sign = range.order === 'asc' ? 1 : -1;
  const isWanted = createFilter(range, sign);
  let waiting: FoundEvent[] = [];
  let waitingBytes = 0;
  let wanted = most;
  let settled: Date | undefined;
  for await (const run of readBuckets(reading, range)) {
    onRun(run);
    const { buckets, rest } = run;
    const found = buckets.flatMap(toFoundEvents).filter(isWanted);
    // Oldest first, what was settled was yielded; an event that arrived since then comes too late.
    const added = sign > 0 && settled ? found.filter(isFrom(settled)) : found;
    waiting = [...waiting, ...added].sort((a, b) => sign * comparePositions(a, b));
    for (const { bytes } of buckets) waitingBytes += bytes;
    reading.hold('query', 0);
    reading.hold('waiting', waitingBytes);
    const all = waiting.length;
    const due = waiting.splice(0, countSettled(waiting, rest, sign));
    wanted = Math.max(0, wanted - due.length);
    yield due;
    waiting = waiting.slice(0, wanted);
    waitingBytes *= waiting.length / Math.max(all, 1);
    reading.hold('waiting', waitingBytes);
    settled = rest;
  }
}

const isFrom =
  (instant: Date) =>
  ({ date }: FoundEvent): boolean =>
    date >= instant;

/** Counts the waiting events that no bucket still to come can have one before. */
function countSettled(waiting: FoundEvent[], rest: Date | undefined, sign: number): number {
  if (rest === undefined) return waiting.length;
  const open = waiting.findIndex(({ date }) => (sign > 0 ? date >= rest : date < rest));
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
  events.flatMap((event, index) =>
    isThere(event) ? [{ date: event.date, seq, index, event }] : [],
  );
