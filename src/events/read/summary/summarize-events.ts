import type { components } from '../../../../generated/openapi.ts';
import { divideDecimal, fromDecimal } from '../../decimal.ts';
import type { Readings } from '../../statistics/readings.ts';
import { fromStoredReadings, toReadings } from '../../statistics/readings.ts';
import { readReadings, writeStatistics } from '../../statistics/write-statistics.ts';
import type { BucketStatistics } from '../buckets/read-statistics.ts';
import { readStatistics, readSummaryStates } from '../buckets/read-statistics.ts';
import type { EventRange, SummaryRange } from '../event-range.ts';
import type { BucketState, PageVersion } from '../page-version.ts';
import { isVersionOf, toBucketState, toPageVersion } from '../page-version.ts';
import type { Reading } from '../reading.ts';
import { addMembers } from './add-members.ts';
import type { Interval } from './interval.ts';
import type { Totals } from './totals.ts';
import { addToTotals, isIn } from './totals.ts';

/** The intervals, oldest first, and the version of the range that they were made of. */
export type Summary = { intervals: EventInterval[]; version: PageVersion };

type EventInterval = components['schemas']['EventInterval'];

// The contract has this limit: as many buckets as a database reads within the deadline.
const MAX_EVENTS = 2_000_000;
// At most some MB, of statistics or of numeric events.
const BUCKETS_AT_ONCE = 400;
const YEAR_0 = Date.parse('0000-01-01T00:00:00Z');

/**
 * Summarizes the numeric events of a range by interval. Intervals without such events are left
 * out. It reads the statistics of buckets, and events only of those that have none, or of which the range or
 * an interval cuts a quarter of an hour; with a pointer, it reads all events. Returns undefined if the range has
 * more events than the contract allows.
 */
export const summarizeEvents = async (
  reading: Reading,
  { range, interval, pointer }: Omit<SummaryRange, 'timeZone'>,
): Promise<Summary | undefined> => {
  const totals: Totals = new Map();
  const states =
    pointer === ''
      ? await addAllBuckets(reading, { range, interval }, totals)
      : await addMembers(reading, { range, interval, pointer }, totals);
  if (!states) return undefined;
  const intervals = [...totals]
    .sort(([a], [b]) => a - b)
    .map(([start, readings]) => toEventInterval(interval, new Date(start), readings));
  return { intervals, version: toPageVersion(states, true) };
};

type Ranged = Pick<SummaryRange, 'range' | 'interval'>;

/** Returns the states of the buckets; undefined if they have too many events. */
async function addAllBuckets(
  reading: Reading,
  { range, interval }: Ranged,
  totals: Totals,
): Promise<BucketState[] | undefined> {
  const states: BucketState[] = [];
  let events = 0;
  for await (const found of readStatistics(reading, range, BUCKETS_AT_ONCE)) {
    for (const bucket of found) {
      events += countWhole(bucket, range);
      states.push(toBucketState(bucket));
    }
    if (events > MAX_EVENTS) return undefined;
    await addBuckets(reading, { range, interval }, found, totals);
  }
  return states;
}

/** Returns the version that the summary would have now, if it is one of these. */
export const findCurrentSummary = async (
  reading: Reading,
  range: EventRange,
  versions: PageVersion[],
): Promise<PageVersion | undefined> => {
  const most = Math.max(...versions.map((version) => version.buckets));
  const states = await readSummaryStates(reading, range, most + 1);
  return versions.find((version) => isVersionOf(states, version));
};

/** The number of events of a bucket that is in the range as a whole. */
const countWhole = ({ first, last, count }: BucketStatistics, { from, to }: EventRange): number =>
  first >= from && last < to ? count : 0;

async function addBuckets(
  reading: Reading,
  { range, interval }: Ranged,
  found: BucketStatistics[],
  totals: Totals,
): Promise<void> {
  const parts = new Map(
    found.map((bucket) => [String(bucket._id), toParts(bucket, range, interval)]),
  );
  const unknown = found.filter(({ _id }) => !parts.get(String(_id)));
  if (unknown.length > 0) {
    const ids = unknown.map(({ _id }) => _id);
    const read = await readReadings(reading.buckets, range, ids, reading.bounds);
    for (const { _id, events } of read)
      parts.set(String(_id), events.filter(isIn(range)).map(toReadings));
    const missing = new Set(unknown.filter(({ stats }) => !stats).map(({ _id }) => String(_id)));
    const lacking = read.filter(({ _id }) => missing.has(String(_id)));
    // The summary does not depend on it: the next one tries again.
    await writeStatistics(reading.buckets, range, lacking).catch(() => undefined);
  }
  for (const { _id } of found) {
    for (const part of parts.get(String(_id)) ?? []) addToTotals(totals, interval, part);
  }
}

/** The quarters of a bucket that are in the range; undefined if its events are needed. */
function toParts(
  { stats }: BucketStatistics,
  range: EventRange,
  interval: Interval,
): Readings[] | undefined {
  const parts = stats?.filter(
    ({ first, last }) => last.date >= range.from && first.date < range.to,
  );
  const isWhole = parts?.every(
    ({ first, last }) =>
      isIn(range)(first) &&
      isIn(range)(last) &&
      interval.floor(first.date).getTime() === interval.floor(last.date).getTime(),
  );
  return isWhole ? parts?.map(fromStoredReadings) : undefined;
}

function toEventInterval(interval: Interval, start: Date, readings: Readings): EventInterval {
  const { count, sum, min, max, first, last } = readings;
  return {
    // The contract's first instant: a week or a number of hours may begin before it.
    start: new Date(Math.max(start.getTime(), YEAR_0)).toISOString(),
    end: interval.next(start).toISOString(),
    count,
    min,
    max,
    sum: fromDecimal(sum),
    mean: fromDecimal(divideDecimal(sum, count)),
    firstValue: first.value,
    lastValue: last.value,
  };
}
