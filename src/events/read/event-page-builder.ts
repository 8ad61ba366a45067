import type { components } from '../../../generated/openapi.ts';
import { fromStoredValue } from '../stored-value.ts';
import type { FoundEvent } from './in-order.ts';

type StoredEvent = components['schemas']['StoredEvent'];

/** The text of an event in a reply. */
export type ToText = (event: StoredEvent) => string;

/** Collects a page's events. */
export type EventPageBuilder = {
  events: StoredEvent[];
  /** Adds an event, unless the page is full; returns whether it did. */
  add(found: FoundEvent): boolean;
};

// A Lambda function may answer with 6 MiB; this leaves room for what surrounds the events.
const MAX_PAGE_BYTES = 6_000_000;

// Most events have such a value. Writing each of them only to measure it would double the time of a page.
const LONGEST_PLAIN_EVENT = { date: '9999-12-31T23:59:59.999Z', value: -Number.MAX_VALUE };

const isPlain = (value: unknown): boolean =>
  value === null || typeof value === 'number' || typeof value === 'boolean';

/**
 * A page is full at `limit` events, or when a function's reply has no room for the next one. It takes one
 * event at least.
 */
export const createEventPageBuilder = (limit: number, toText: ToText): EventPageBuilder => {
  const events: StoredEvent[] = [];
  let bytes = 0;
  // A function returns its reply as a JSON string, in which each quote takes two bytes.
  const toBytes = (event: StoredEvent) => Buffer.byteLength(JSON.stringify(toText(event)));
  const plainBytes = toBytes(LONGEST_PLAIN_EVENT);
  return {
    events,
    add({ date, event }) {
      const stored = { date: date.toISOString(), value: fromStoredValue(event) };
      bytes += isPlain(stored.value) ? plainBytes : toBytes(stored);
      const isFull = events.length === limit || (bytes > MAX_PAGE_BYTES && events.length > 0);
      if (!isFull) events.push(stored);
      return !isFull;
    },
  };
};
