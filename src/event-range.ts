import type { Input, InvalidField } from './contract.ts';
import type { Position } from './page-cursor.ts';
import { fromCursor } from './page-cursor.ts';

/** Which events to read, and how: from `from` up to, but not including, `to`. */
export type EventRange = {
  deviceID: string;
  eventType: string;
  from: Date;
  to: Date;
  order: 'asc' | 'desc';
  limit: number;
  /** The last event of the page before. */
  after?: Position;
};

const DAY_MS = 86_400_000;
// The first instant after the year 9999.
const END = new Date(253_402_300_800_000);

/** Takes what the contract's parameters cannot say of each other; what is wrong otherwise. */
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
