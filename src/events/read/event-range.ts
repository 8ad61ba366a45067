import type { Position } from './position.ts';
import type { Interval } from './summary/interval.ts';

/** Which events to read, and in which order: those from `from` up to, but not including, `to`. */
export type EventRange = {
  deviceID: string;
  eventType: string;
  from: Date;
  to: Date;
  order: 'asc' | 'desc';
  /** How many events a page may have. */
  limit: number;
  /** Whether events show when they were received. */
  withReceipt?: true;
  /** The position of the last event of the page before. */
  after?: Position;
};

/** What to summarize, by which intervals. */
export type SummaryRange = {
  range: EventRange;
  interval: Interval;
  timeZone: string;
  /** The JSON Pointer of the numbers in the values; empty for the values themselves. */
  pointer: string;
};

/** Which device's newest events to read: of all types after `after`, or of one type. */
export type LatestQuery = {
  deviceID: string;
  eventType?: string;
  /** How many events a page may have. */
  limit: number;
  /** Whether events show when they were received. */
  withReceipt?: true;
  /** The event type after which the page begins. */
  after?: string;
};

/** Which devices to list. */
export type DevicesQuery = {
  /** Only these, in lower case. */
  among?: readonly string[];
  /** Only those from which nothing was received at this instant or later. */
  lastReceivedBefore?: Date;
  /** The type whose newest event to add to each. */
  eventType?: string;
  /** How many devices a page may have. */
  limit: number;
  /** The device after which the page begins. */
  after?: string;
};
