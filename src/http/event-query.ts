import type { Input, InvalidField } from '../contract.ts';
import type { EventRange, SummaryRange } from '../events/read/event-range.ts';
import { fromCursor } from './cursor.ts';

const DAY_MS = 86_400_000;
// The first instant after the year 9999.
const END = new Date(253_402_300_800_000);

/** Parses the query; returns the fields at fault if parameters contradict each other. */
export const toEventRange = (query: Input<'getEvents'>['query']): EventRange | InvalidField[] => {
  const { deviceID, eventType, date, order = 'desc', limit = 1000, cursor } = query;
  const from = date ?? query.from;
  if (date !== undefined && (query.from ?? query.to) !== undefined) {
    return [{ parameter: 'date', detail: 'goes without from and to' }];
  }
  if (from === undefined)
    return [{ parameter: 'date', detail: 'is required unless from is given' }];
  const start = new Date(from);
  const end = date !== undefined ? new Date(start.getTime() + DAY_MS) : new Date(query.to ?? END);
  if (end <= start) return [{ parameter: 'to', detail: 'must be later than from' }];
  const after = cursor === undefined ? undefined : fromCursor(cursor);
  if (cursor !== undefined && !after)
    return [{ parameter: 'cursor', detail: 'must be one that a Link gave' }];
  return { deviceID, eventType, from: start, to: end, order, limit, ...(after && { after }) };
};

const MINUTE_MS = 60_000;
const UNIT_MS = { M: MINUTE_MS, H: 60 * MINUTE_MS, D: 1440 * MINUTE_MS };
// More than a screen has columns.
const MAX_INTERVALS = 2_000;

/** Parses the query; returns the fields at fault if parameters contradict each other. */
export const toSummaryRange = (
  query: Input<'getEventSummary'>['query'],
): SummaryRange | InvalidField[] => {
  const { interval, ...rest } = query;
  const range = toEventRange({ ...rest, order: 'asc' });
  if (Array.isArray(range)) return range;
  const intervalMs = toMilliseconds(interval);
  if (intervalMs > UNIT_MS.D) return [{ parameter: 'interval', detail: 'must be at most P1D' }];
  const intervals = (range.to.getTime() - range.from.getTime()) / intervalMs;
  if (intervals <= MAX_INTERVALS) return { range, intervalMs };
  const detail = `makes ${Math.ceil(intervals)} intervals of the range, ${MAX_INTERVALS} are allowed`;
  return [{ parameter: 'interval', detail }];
};

/** Parses an ISO 8601 duration of one unit: minutes, hours or days. */
function toMilliseconds(interval: string): number {
  const [, count, unit] = /^PT?(\d+)([MHD])$/.exec(interval) ?? [];
  return Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
}
