/** The intervals of a summary. */
export type Interval = {
  /** The start of the interval that the instant is in. */
  floor(instant: Date): Date;
  /** The start of the interval after the one that starts here. */
  next(start: Date): Date;
  /** The number of intervals from one start to another. */
  count(start: Date, end: Date): number;
};

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
const UNIT_MS = { M: MINUTE_MS, H: 60 * MINUTE_MS };

/**
 * Parses an ISO 8601 duration of one unit, as the contract's pattern allows it: minutes and hours up to a day, a
 * day, a week from Monday, a month; all in UTC.
 * @returns undefined for more than a day in minutes or hours
 */
export const toInterval = (duration: string): Interval | undefined => {
  if (duration === 'P1D') return toFixed(DAY_MS);
  // 1970-01-05 was the first Monday.
  if (duration === 'P1W') return toFixed(7 * DAY_MS, 4 * DAY_MS);
  if (duration === 'P1M') return months;
  const milliseconds = toMilliseconds(duration) ?? 0;
  return milliseconds <= DAY_MS ? toFixed(milliseconds) : undefined;
};

/** The length of a duration in minutes or hours; undefined for days, weeks and months. */
export const toMilliseconds = (duration: string): number | undefined => {
  const [, count, unit] = /^PT(\d+)([MH])$/.exec(duration) ?? [];
  return unit ? Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS] : undefined;
};

/** The number of intervals that have a part of the range, which must not be empty. */
export const countIntervals = (
  interval: Interval,
  { from, to }: { from: Date; to: Date },
): number => {
  const last = interval.floor(new Date(to.getTime() - 1));
  return interval.count(interval.floor(from), last) + 1;
};

const toFixed = (milliseconds: number, offset = 0): Interval => ({
  floor: (instant) =>
    new Date(Math.floor((instant.getTime() - offset) / milliseconds) * milliseconds + offset),
  next: (start) => new Date(start.getTime() + milliseconds),
  count: (start, end) => (end.getTime() - start.getTime()) / milliseconds,
});

const months: Interval = {
  floor: (instant) => toMonth(instant, 0),
  next: (start) => toMonth(start, 1),
  count: (start, end) => toMonthNumber(end) - toMonthNumber(start),
};

const toMonthNumber = (instant: Date): number =>
  instant.getUTCFullYear() * 12 + instant.getUTCMonth();

/** The first instant of the month that is `ahead` months after the instant's. */
function toMonth(instant: Date, ahead: number): Date {
  const month = new Date(0);
  month.setUTCFullYear(instant.getUTCFullYear(), instant.getUTCMonth() + ahead, 1);
  return month;
}
