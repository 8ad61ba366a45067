import type { Collection } from 'mongodb';
import type { components } from '../../../generated/openapi.ts';
import type { Bucket } from '../bucket.ts';
import { fromStoredValue } from '../stored-value.ts';
import type { SummaryRange } from './event-range.ts';
import { inOrder } from './in-order.ts';

type EventSummary = components['schemas']['EventSummary'];

// Reading these takes some seconds; clients ask for a longer range in parts.
const MAX_EVENTS = 500_000;

/**
 * Summarises the numeric events of a range, which must be oldest first, by interval. Intervals without such
 * events are left out. Returns undefined if the range has more than 500,000 events.
 */
export const summariseEvents = async (
  buckets: Collection<Bucket>,
  { range, intervalMs }: SummaryRange,
): Promise<EventSummary[] | undefined> => {
  const summaries: EventSummary[] = [];
  let events = 0;
  for await (const run of inOrder(buckets, range)) {
    events += run.length;
    if (events > MAX_EVENTS) return undefined;
    for (const { date, event } of run) {
      const value = fromStoredValue(event);
      if (typeof value !== 'number') continue;
      const from = new Date(Math.floor(date.getTime() / intervalMs) * intervalMs).toISOString();
      const current = summaries.at(-1);
      if (current?.from === from) add(current, value);
      else summaries.push({ from, count: 1, ...alone(value) });
    }
  }
  return summaries;
};

const alone = (value: number) => ({
  min: value,
  max: value,
  mean: value,
  first: value,
  last: value,
});

function add(summary: EventSummary, value: number): void {
  summary.count += 1;
  summary.min = Math.min(summary.min, value);
  summary.max = Math.max(summary.max, value);
  // A sum could exceed the range of a double.
  summary.mean += value / summary.count - summary.mean / summary.count;
  summary.last = value;
}
