import type { Input, InvalidField, OperationId } from '../contract.ts';
import type { EventRange, LatestQuery, SummaryRange } from '../events/read/event-range.ts';
import type { Position } from '../events/read/position.ts';
import { countIntervals, toInterval } from '../events/read/summary/interval.ts';
import { toTimeZone, toZonedInterval } from '../events/read/summary/zoned-interval.ts';
import { toDay } from '../events/to-day.ts';
import { toInstant } from '../events/to-instant.ts';
import { toDeviceKey } from '../names/device-key.ts';
import type { CursorQuery } from './cursor.ts';
import { fromCursor, toNextPage } from './cursor.ts';

type RangeQuery = Partial<Input<'listEvents'>['query']> &
  Pick<Input<'listEvents'>['query'], 'deviceID' | 'eventType'>;

const DAY_MS = 86_400_000;
// The first instant after the year 9999.
const END = new Date(253_402_300_800_000);

/** Parses a query for a range of events; returns the parameters at fault where they contradict each other. */
export const toEventRange = (
  operation: OperationId,
  query: RangeQuery,
): EventRange | InvalidField[] => {
  const { date, since, until, order = 'desc', limit = 1000, cursor, include } = query;
  if (date !== undefined && (since ?? until) !== undefined) {
    return [{ code: 'excluded', parameter: 'date', detail: 'goes without since and until' }];
  }
  const from = toStart(date, since);
  if (!from) {
    return [{ code: 'required', parameter: 'date', detail: 'is required unless since is given' }];
  }
  const to = date === undefined ? toEnd(until) : new Date(from.getTime() + DAY_MS);
  if (to <= from) {
    return [{ code: 'empty-range', parameter: 'until', detail: 'must be later than since' }];
  }
  const deviceID = toDeviceKey(query.deviceID);
  const range = {
    deviceID,
    eventType: query.eventType,
    from,
    to,
    order,
    limit,
    ...(include !== undefined && { withReceipt: true as const }),
  };
  if (cursor === undefined) return range;
  const after = toPosition(fromCursor(cursor, toCursorQuery(operation, query)));
  return after ? { ...range, after } : [invalidCursor];
};

/** The `nextCursor` of a page that ends at `next`; nothing for the last page. */
export const toNextCursor = (
  operation: OperationId,
  query: RangeQuery,
  next: Position | undefined,
): { nextCursor?: string } => toNextPage(next && toPlace(next), toCursorQuery(operation, query));

/** A position as a part of a cursor. */
export const toPlace = ({ date, seq, index }: Position): string[] =>
  [date.getTime(), seq, index].map((part) => part.toString(36));

// More intervals than a screen has columns.
const MAX_INTERVALS = 2_000;
const UTC = 'UTC';

/** Parses a query for a summary; returns the parameters at fault where they contradict each other. */
export const toSummaryRange = (
  query: Input<'summarizeEvents'>['query'],
): SummaryRange | InvalidField[] => {
  const { interval: duration, timeZone: zone = UTC, pointer = '', ...rest } = query;
  const range = toEventRange('summarizeEvents', { ...rest, order: 'asc' });
  if (Array.isArray(range)) return range;
  const utc = toInterval(duration);
  if (!utc) {
    const detail = 'must be at most P1D, or P1W or P1M';
    return [{ code: 'too-large', parameter: 'interval', detail }];
  }
  const timeZone = toTimeZone(zone);
  if (!timeZone) {
    const detail = 'must be the name of a time zone that the IANA database has';
    return [{ code: 'format', parameter: 'timeZone', detail }];
  }
  const summary = { range, timeZone, pointer };
  if (timeZone !== UTC) {
    const interval = toZonedInterval(duration, timeZone, range, MAX_INTERVALS);
    return interval ? { ...summary, interval } : [tooManyIntervals(`more than ${MAX_INTERVALS}`)];
  }
  const intervals = countIntervals(utc, range);
  return intervals <= MAX_INTERVALS
    ? { ...summary, interval: utc }
    : [tooManyIntervals(String(intervals))];
};

const tooManyIntervals = (count: string): InvalidField => ({
  code: 'too-many',
  parameter: 'interval',
  detail: `makes ${count} intervals of the range, ${MAX_INTERVALS} are allowed`,
});

/** Parses a query for the newest events; returns the parameter at fault. */
export const toLatestQuery = (
  query: Input<'listLatestEvents'>['query'],
): LatestQuery | InvalidField[] => {
  const { eventType, limit = 100, cursor, include } = query;
  const latest = {
    deviceID: toDeviceKey(query.deviceID),
    limit,
    ...(eventType !== undefined && { eventType }),
    ...(include !== undefined && { withReceipt: true as const }),
  };
  if (cursor === undefined) return latest;
  const [after] = fromCursor(cursor, toTypeCursorQuery(latest)) ?? [];
  return after ? { ...latest, after } : [invalidCursor];
};

/** The `nextCursor` of a page whose last event is of the type `next`; nothing for the last page. */
export const toNextTypeCursor = (
  query: LatestQuery,
  next: string | undefined,
): { nextCursor?: string } =>
  toNextPage(next === undefined ? next : [next], toTypeCursorQuery(query));

export const invalidCursor: InvalidField = {
  code: 'invalid-cursor',
  parameter: 'cursor',
  detail: 'must be the nextCursor of a response to this query',
};

/** The query however its values are written, and whatever the size of the page. */
const toCursorQuery = (operation: OperationId, query: RangeQuery): CursorQuery => {
  const { deviceID, eventType, date, since, until, order = 'desc' } = query;
  const instants = [
    toStart(date, undefined),
    ...[since, until].map((text) => text && toInstant(text)),
  ];
  return [operation, toDeviceKey(deviceID), eventType, ...instants, order];
};

const toTypeCursorQuery = ({ deviceID, eventType }: LatestQuery): CursorQuery => [
  'listLatestEvents',
  deviceID,
  eventType,
];

/** The contract has validated both texts. */
function toStart(date: string | undefined, since: string | undefined): Date | undefined {
  if (date === undefined) return since === undefined ? undefined : toInstant(since);
  const instant = toInstant(date) ?? toInstant(`${date}T00:00:00Z`);
  return instant && toDay(instant);
}

const toEnd = (until: string | undefined): Date =>
  (until === undefined ? undefined : toInstant(until)) ?? END;

/** Undefined if the parts of a cursor are no position. */
export function toPosition(place: string[] | undefined): Position | undefined {
  const [time, seq, index] = (place ?? []).map((part) => Number.parseInt(part, 36));
  if (time === undefined || seq === undefined || index === undefined) return undefined;
  const date = new Date(time);
  const isPosition = !Number.isNaN(date.getTime()) && seq >= 0 && index >= 0;
  return isPosition ? { date, seq, index } : undefined;
}
