import type { Input, InvalidField } from './contract.ts';
import type { EventRange } from './event-range.ts';
import { toEventRange } from './event-range.ts';

/** What to summarise, and by which interval in milliseconds. */
export type SummaryRange = { range: EventRange; intervalMs: number };

const MINUTE_MS = 60_000;
const UNIT_MS = { M: MINUTE_MS, H: 60 * MINUTE_MS, D: 1440 * MINUTE_MS };
// More than a screen has columns.
const MAX_INTERVALS = 2_000;

/** Takes what the contract's parameters cannot say of each other; what is wrong otherwise. */
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

/** The contract's pattern allows one unit: minutes, hours or a day. */
function toMilliseconds(interval: string): number {
  const [, count, unit] = /^PT?(\d+)([MHD])$/.exec(interval) ?? [];
  return Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
}
