import { fromEpochMilliseconds, toZonedDateTimeISO as inZone } from 'temporal-polyfill/fns/Instant';
import * as plainDate from 'temporal-polyfill/fns/PlainDate';
import * as zoned from 'temporal-polyfill/fns/ZonedDateTime';
import type { Interval } from './interval.ts';
import { toMilliseconds } from './interval.ts';

/*
 * Intervals on the wall clock of a time zone.
 *
 * An interval is a run of instants, whatever the clock does: its edges are worked out once for a range. A day, week
 * or month begins at its first instant; one that the zone skipped has none. Minutes and hours are counted on the
 * wall clock from midnight of 1970-01-01, so six hours are seven or five when the clock changes. Where the clock
 * jumps, an interval begins if the new time begins one or is in another one. So an hour that comes twice is two
 * intervals, as Temporal rounds it (https://tc39.es/proposal-temporal/#sec-temporal.zoneddatetime.prototype.round).
 */

const DAY_MS = 86_400_000;
// The longest interval is a day that the clock repeats.
const LEAD_MS = 3 * DAY_MS;

/** The name of an IANA time zone in its usual case; undefined if there is none of that name. */
export const toTimeZone = (name: string): string | undefined => {
  try {
    return inZone(fromEpochMilliseconds(0), name).timeZoneId;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

/**
 * The intervals of a range in a time zone.
 * @param duration as `toInterval` takes it
 * @returns undefined if there are more than `most`
 */
export const toZonedInterval = (
  duration: string,
  timeZone: string,
  { from, to }: { from: Date; to: Date },
  most: number,
): Interval | undefined => {
  const milliseconds = toMilliseconds(duration);
  const starts = milliseconds
    ? toClockStarts(milliseconds, timeZone, from.getTime())
    : toCalendarStarts(duration, timeZone, from.getTime());
  const edges: number[] = [];
  for (const start of starts) {
    if (start <= from.getTime()) edges.length = 0;
    // A day that the zone skipped begins when the next one does.
    if (start !== edges.at(-1)) edges.push(start);
    if (start >= to.getTime()) return toInterval(edges);
    if (edges.length > most) return undefined;
  }
  return undefined;
};

const toInterval = (edges: number[]): Interval => {
  const find = (instant: Date): number => {
    let low = 0;
    for (let high = edges.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if ((edges[middle] ?? Infinity) <= instant.getTime()) low = middle;
      else high = middle;
    }
    return low;
  };
  const toEdge = (index: number) => new Date(edges[index] ?? Number.NaN);
  return {
    floor: (instant) => toEdge(find(instant)),
    next: (start) => toEdge(find(start) + 1),
    count: (start, end) => find(end) - find(start),
  };
};

/** The starts of days, weeks or months, from the one that `from` is in. */
function* toCalendarStarts(duration: string, timeZone: string, from: number): Generator<number> {
  const day = zoned.toPlainDate(toZoned(from, timeZone));
  const [first, add] = toCalendar(duration, day);
  for (let nth = 0; ; nth += 1) {
    yield plainDate.toZonedDateTime(add(first, nth), timeZone).epochMilliseconds;
  }
}

type Step = (first: plainDate.Record, count: number) => plainDate.Record;

const toCalendar = (duration: string, day: plainDate.Record): [plainDate.Record, Step] => {
  if (duration === 'P1M') return [plainDate.startOfMonth(day), plainDate.addMonths];
  if (duration === 'P1D') return [day, plainDate.addDays];
  const monday = plainDate.subtractDays(day, plainDate.dayOfWeek(day) - 1);
  return [monday, plainDate.addWeeks];
};

/** The starts of intervals of a fixed length on the clock, from some days before `from`. */
function* toClockStarts(length: number, timeZone: string, from: number): Generator<number> {
  let before: number | undefined;
  for (const { start, end, offset } of toOffsets(timeZone, from - LEAD_MS)) {
    const local = start + offset;
    const next = Math.ceil(local / length) * length;
    const isOther = before !== undefined && before !== Math.floor(local / length);
    if (isOther && next !== local) yield start;
    for (let edge = next - offset; edge < end; edge += length) yield edge;
    before = Math.floor((end - 1 + offset) / length);
  }
}

/** The times in which the zone has one offset, in milliseconds; the last one has no end. */
function* toOffsets(
  timeZone: string,
  from: number,
): Generator<{ start: number; end: number; offset: number }> {
  for (let now: zoned.Record | null = toZoned(from, timeZone); now; ) {
    const next: zoned.Record | null = zoned.getTimeZoneTransition(now, 'next');
    const offset = zoned.offsetNanoseconds(now) / 1e6;
    yield { start: now.epochMilliseconds, end: next?.epochMilliseconds ?? Infinity, offset };
    now = next;
  }
}

const toZoned = (instant: number, timeZone: string): zoned.Record =>
  inZone(fromEpochMilliseconds(instant), timeZone);
