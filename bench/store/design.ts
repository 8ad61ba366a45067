import type { components } from '../../generated/openapi.ts';

export type NewEvent = components['schemas']['NewEvent'];

/** A way to keep a day of events; `type` names the day, as all else is the same. */
export type Design = {
  name: 'ours' | 'unbounded';
  title: string;
  add(event: NewEvent): Promise<unknown>;
  addAll(events: NewEvent[]): Promise<unknown>;
  /** Makes a day of these events, the fast way. */
  fill(events: NewEvent[]): Promise<unknown>;
  /** How many events the newest 1,000 are. */
  readPage(type: string): Promise<number>;
  readDay(type: string): Promise<number>;
};

export const PAGE = 1_000;
