import type { Position } from './position.ts';

/** Which events to read, and in which order: those from `from` up to, but not including, `to`. */
export type EventRange = {
  deviceID: string;
  eventType: string;
  from: Date;
  to: Date;
  order: 'asc' | 'desc';
  /** How many events a page may have. */
  limit: number;
  /** The position of the last event of the page before. */
  after?: Position;
};

/** What to summarise, by intervals of `intervalMs` milliseconds. */
export type SummaryRange = { range: EventRange; intervalMs: number };
