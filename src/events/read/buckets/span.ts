import { toDeviceKey } from '../../../names/device-key.ts';
import { toDay } from '../../to-day.ts';
import type { EventRange } from '../event-range.ts';

/** The instants of the events that a range may have after its `after`; both are included. */
export type Span = { from: Date; to: Date };

const DAY_MS = 86_400_000;

export const toSpan = ({ order, from, to, after }: EventRange): Span => ({
  from: order === 'asc' && after && after.date > from ? after.date : from,
  // Dates are whole milliseconds.
  to: order === 'desc' && after && after.date < to ? after.date : new Date(to.getTime() - 1),
});

/** The filter of the device and type, on the days of the span. */
export const toDaysFilter = (
  { deviceID, eventType }: EventRange,
  { from, to }: Span,
): { deviceID: string; eventType: string; date: Date | { $gte: Date; $lte: Date } } => {
  const [first, last] = [toDay(from), toDay(to)];
  // SecantusDB finds nothing between two equal dates.
  const date = first.getTime() === last.getTime() ? first : { $gte: first, $lte: last };
  return { deviceID: toDeviceKey(deviceID), eventType, date };
};

/** The span of the instant's day. */
export const toDaySpan = (instant: Date): Span => {
  const from = toDay(instant);
  return { from, to: new Date(from.getTime() + DAY_MS - 1) };
};
