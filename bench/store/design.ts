import type { DatedEvent } from '../../src/events/bucket.ts';

/** An event to store. */
export type NewEvent = DatedEvent;

/** A way to store a day of events. `type`, the event type, identifies the day; device and date are constant. */
export type Design = {
  name: 'ours' | 'unbounded';
  title: string;
  add(event: NewEvent): Promise<unknown>;
  addAll(events: NewEvent[]): Promise<unknown>;
  /** Fills a day with these events, as fast as possible. */
  fill(events: NewEvent[]): Promise<unknown>;
  /** Reads the newest 1,000 events; returns how many were found. */
  readPage(type: string): Promise<number>;
  /** Reads all events of the day; returns how many were found. */
  readDay(type: string): Promise<number>;
};

/** Events per page. */
export const PAGE = 1_000;
