import type { Readings } from '../../statistics/readings.ts';
import { addReadings } from '../../statistics/readings.ts';
import type { EventRange } from '../event-range.ts';
import type { Interval } from './interval.ts';

/** The readings of each interval, by its start. Buckets must be added in the order of the index. */
export type Totals = Map<number, Readings>;

/** @param part has the readings of one interval */
export const addToTotals = (totals: Totals, interval: Interval, part: Readings): void => {
  const start = interval.floor(part.first.date).getTime();
  const total = totals.get(start);
  totals.set(start, total ? addReadings(total, part) : part);
};

export const isIn =
  ({ from, to }: Pick<EventRange, 'from' | 'to'>) =>
  ({ date }: { date: Date }): boolean =>
    date >= from && date < to;
