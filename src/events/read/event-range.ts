import type { Position } from './position.ts';

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

/** What to summarise, and by which interval in milliseconds. */
export type SummaryRange = { range: EventRange; intervalMs: number };
