import { isThere } from '../../bucket.ts';
import { toReadings } from '../../statistics/readings.ts';
import { fromStoredValue } from '../../stored-value.ts';
import { readEvents } from '../buckets/read-statistics.ts';
import type { SummaryRange } from '../event-range.ts';
import type { BucketState } from '../page-version.ts';
import { toBucketState } from '../page-version.ts';
import type { Reading } from '../reading.ts';
import { toMember } from './to-member.ts';
import type { Totals } from './totals.ts';
import { addToTotals, isIn } from './totals.ts';

// The contract has these limits: what can be read and parsed well within the deadline.
const MAX_EVENTS = 100_000;
const MAX_BYTES = 64_000_000;

/**
 * Adds up the numbers that a pointer finds in the events of a range, all of which it reads.
 * @returns the states of the buckets; undefined if they have too many events, or bytes
 */
export const addMembers = async (
  reading: Reading,
  { range, interval, pointer }: Omit<SummaryRange, 'timeZone'>,
  totals: Totals,
): Promise<BucketState[] | undefined> => {
  const states: BucketState[] = [];
  let total = 0;
  let size = 0;
  for await (const { events, bytes, ...bucket } of readEvents(reading, range)) {
    states.push(toBucketState(bucket));
    const own = events.filter(isThere).filter(isIn(range));
    total += own.length;
    size += bytes;
    if (total > MAX_EVENTS || size > MAX_BYTES) return undefined;
    for (const event of own) {
      const value = toMember(fromStoredValue(event), pointer);
      if (typeof value !== 'number') continue;
      addToTotals(totals, interval, toReadings({ date: event.date, value }));
    }
  }
  return states;
};
