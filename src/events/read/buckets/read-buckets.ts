import type { EventRange } from '../event-range.ts';
import type { BucketState } from '../page-version.ts';
import type { Reading } from '../reading.ts';
import type { BucketRun } from './bucket-run.ts';
import { createFinder, createStateFinder } from './finder.ts';
import { readNewestFirst } from './read-newest-first.ts';
import { readOldestFirst } from './read-oldest-first.ts';

/** Reads the buckets that may have events of a range, after its `after`, in the range's order. */
export const readBuckets = (reading: Reading, range: EventRange): AsyncGenerator<BucketRun> => {
  const finder = createFinder(reading, range);
  return range.order === 'asc'
    ? readOldestFirst(finder, range, createStateFinder(reading, 1))
    : readNewestFirst(finder, range);
};

/** Reads the states of the first `limit` buckets that `readBuckets` would read, without their events. */
export const readBucketStates = async (
  reading: Reading,
  range: EventRange,
  limit: number,
): Promise<BucketState[]> => {
  const finder = createStateFinder(reading, limit);
  const read = range.order === 'asc' ? readOldestFirst : readNewestFirst;
  const states: BucketState[] = [];
  for await (const { buckets } of read(finder, range)) {
    states.push(...buckets);
    if (states.length >= limit) break;
  }
  return states.slice(0, limit);
};
