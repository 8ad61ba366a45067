import type { Decimal } from '../decimal.ts';
import { addDecimals, fromDecimalText, toDecimal, toDecimalText } from '../decimal.ts';

/** What some numeric events come to. Of one instant, the first to arrive is the oldest. */
export type Readings = {
  count: number;
  sum: Decimal;
  min: number;
  max: number;
  first: Reading;
  last: Reading;
};

export type Reading = { date: Date; value: number };

/** How a bucket has the readings of one UTC quarter of an hour. */
export type StoredReadings = Omit<Readings, 'sum'> & { sum: string };

export const toReadings = ({ date, value }: Reading): Readings => {
  const reading = { date, value };
  return { count: 1, sum: toDecimal(value), min: value, max: value, first: reading, last: reading };
};

/** @param b arrived after `a` where they have events of one instant */
export const addReadings = (a: Readings, b: Readings): Readings => ({
  count: a.count + b.count,
  sum: addDecimals(a.sum, b.sum),
  min: Math.min(a.min, b.min),
  max: Math.max(a.max, b.max),
  first: b.first.date < a.first.date ? b.first : a.first,
  last: b.last.date < a.last.date ? a.last : b.last,
});

// Time zones have offsets of whole quarters.
const QUARTER_MS = 900_000;

/**
 * Adds the readings of a bucket up by quarter of an hour.
 * @param readings in the order of arrival
 */
export const toStoredReadings = (readings: Reading[]): StoredReadings[] => {
  const quarters = new Map<number, Readings>();
  for (const reading of readings) {
    const quarter = Math.floor(reading.date.getTime() / QUARTER_MS);
    const sofar = quarters.get(quarter);
    const own = toReadings(reading);
    quarters.set(quarter, sofar ? addReadings(sofar, own) : own);
  }
  return [...quarters.values()].map((each) => ({ ...each, sum: toDecimalText(each.sum) }));
};

export const fromStoredReadings = (stored: StoredReadings): Readings => ({
  ...stored,
  sum: fromDecimalText(stored.sum),
});
