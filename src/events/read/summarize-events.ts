import type { components } from '../../../generated/openapi.ts';
import { fromStoredValue } from '../stored-value.ts';
import type { SummaryRange } from './event-range.ts';
import { inOrder } from './in-order.ts';
import type { Interval } from './interval.ts';
import type { Reading } from './reading.ts';

type EventInterval = components['schemas']['EventInterval'];

// Reading these takes some seconds; clients ask for a longer range in parts.
const MAX_EVENTS = 500_000;
const YEAR_0 = Date.parse('0000-01-01T00:00:00Z');

/**
 * Summarizes the numeric events of a range, which must be oldest first, by interval. Intervals without such
 * events are left out. Returns undefined if the range has more than 500,000 events.
 */
export const summarizeEvents = async (
  reading: Reading,
  { range, interval }: SummaryRange,
): Promise<EventInterval[] | undefined> => {
  const intervals: EventInterval[] = [];
  let events = 0;
  let end = Number.NEGATIVE_INFINITY;
  for await (const run of inOrder(reading, range)) {
    events += run.length;
    if (events > MAX_EVENTS) return undefined;
    for (const { date, event } of run) {
      const value = fromStoredValue(event);
      if (typeof value !== 'number') continue;
      const current = intervals.at(-1);
      if (current && date.getTime() < end) {
        add(current, value);
        continue;
      }
      const next = open(interval, date, value);
      end = Date.parse(next.end);
      intervals.push(next);
    }
  }
  return intervals;
};

function open(interval: Interval, date: Date, value: number): EventInterval {
  const start = interval.floor(date);
  return {
    // The contract's first instant: a week or a number of hours may begin before it.
    start: new Date(Math.max(start.getTime(), YEAR_0)).toISOString(),
    end: interval.next(start).toISOString(),
    count: 1,
    min: value,
    max: value,
    sum: value,
    mean: value,
    firstValue: value,
    lastValue: value,
  };
}

function add(interval: EventInterval, value: number): void {
  interval.count += 1;
  interval.min = Math.min(interval.min, value);
  interval.max = Math.max(interval.max, value);
  interval.sum = toFinite(interval.sum + value);
  // Not of the sum, which could exceed the range of a double.
  interval.mean += value / interval.count - interval.mean / interval.count;
  interval.lastValue = value;
}

/** JSON has no infinity. */
const toFinite = (sum: number): number =>
  Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, sum));
