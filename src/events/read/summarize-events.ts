import type { components } from '../../../generated/openapi.ts';
import { divideDecimal, fromDecimal } from '../decimal.ts';
import type { Readings } from '../statistics/readings.ts';
import { addReadings, fromStoredReadings, toReadings } from '../statistics/readings.ts';
import { readReadings, writeStatistics } from '../statistics/write-statistics.ts';
import type { BucketStatistics } from './buckets/read-statistics.ts';
import { readStatistics, readSummaryStates } from './buckets/read-statistics.ts';
import type { EventRange, SummaryRange } from './event-range.ts';
import type { Interval } from './interval.ts';
import type { BucketState, PageVersion } from './page-version.ts';
import { isVersionOf, toPageVersion } from './page-version.ts';
import type { Reading } from './reading.ts';

/** The intervals, oldest first, and the version of the range that they were made of. */
export type Summary = { intervals: EventInterval[]; version: PageVersion };

type EventInterval = components['schemas']['EventInterval'];

// The contract has this limit: as many buckets as a database reads within the deadline.
const MAX_EVENTS = 2_000_000;
// At most some MB, of statistics or of numeric events.
const BUCKETS_AT_ONCE = 400;
const YEAR_0 = Date.parse('0000-01-01T00:00:00Z');

/** The readings of each interval, by its start. Buckets must be added in the order of the index. */
type Totals = Map<number, Readings>;

/**
 * Summarizes the numeric events of a range by interval. Intervals without such events are left
 * out. It reads the statistics of buckets, and events only of those that have none, or of which the range or
 * an interval cuts a quarter of an hour. Returns undefined if the range has more than 2,000,000 events.
 */
export const summarizeEvents = async (
  reading: Reading,
  { range, interval }: SummaryRange,
): Promise<Summary | undefined> => {
  const states: BucketState[] = [];
  const totals: Totals = new Map();
  let events = 0;
  for await (const found of readStatistics(reading, range, BUCKETS_AT_ONCE)) {
    for (const bucket of found) {
      events += countWhole(bucket, range);
      states.push({ _id: bucket._id, count: bucket.count });
    }
    if (events > MAX_EVENTS) return undefined;
    await addBuckets(reading, { range, interval }, found, totals);
  }
  const intervals = [...totals]
    .sort(([a], [b]) => a - b)
    .map(([start, readings]) => toEventInterval(interval, new Date(start), readings));
  return { intervals, version: toPageVersion(states, true) };
};

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
  { range, interval }: SummaryRange,
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
    for (const part of parts.get(String(_id)) ?? []) {
      const start = interval.floor(part.first.date).getTime();
      const total = totals.get(start);
      totals.set(start, total ? addReadings(total, part) : part);
    }
  }
}

const isIn =
  ({ from, to }: EventRange) =>
  ({ date }: { date: Date }): boolean =>
    date >= from && date < to;

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
