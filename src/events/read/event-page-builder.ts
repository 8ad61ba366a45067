import type { components } from '../../../generated/openapi.ts';
import { toReceivedAt } from '../bucket.ts';
import { fromStoredValue } from '../stored-value.ts';
import type { FoundEvent } from './in-order.ts';

type Event = components['schemas']['Event'];

/** Whose events a page has. */
export type EventSource = { deviceID: string; eventType: string };

/** The text of an event in a reply. */
export type ToText = (event: Event) => string;

/** How many events a page may have, and whether they show when they were received. */
export type PageForm = { limit: number; withReceipt?: true };

/** Collects a page's events. */
export type EventPageBuilder = {
  events: Event[];
  /** Adds an event, unless the page is full; returns whether it did. */
  add(found: Pick<FoundEvent, 'date' | 'event'>, source: EventSource): boolean;
  /** How many bytes of a function's reply the events take, or a little more. */
  bytes(): number;
};

// A Lambda function may answer with 6 MiB; this leaves room for what surrounds the events.
export const MAX_PAGE_BYTES = 6_000_000;

// Most events have such a value. Writing each of them only to measure it would double the time of a page.
const LONGEST_PLAIN = {
  date: '9999-12-31T23:59:59.999Z',
  value: -Number.MAX_VALUE,
  id: 'x'.repeat(64),
  receivedAt: '9999-12-31T23:59:59.999Z',
};

const isPlain = ({ value }: Event): boolean =>
  value === null || typeof value === 'number' || typeof value === 'boolean';

/**
 * A page is full at `limit` events, or when a function's reply has no room for the next one. It takes one
 * event at least.
 */
export const createEventPageBuilder = (
  { limit, withReceipt }: PageForm,
  toText: ToText,
  maxBytes = MAX_PAGE_BYTES,
): EventPageBuilder => {
  const events: Event[] = [];
  let bytes = 0;
  // A function returns its reply as a JSON string, in which each quote takes two bytes.
  const toBytes = (event: Event) => Buffer.byteLength(JSON.stringify(toText(event)));
  const toPlainBytes = createPlainBytes(toBytes);
  return {
    events,
    add(found, source) {
      const event = toEvent(found, source, withReceipt);
      bytes += isPlain(event) ? toPlainBytes(source) : toBytes(event);
      const isFull = events.length === limit || (bytes > maxBytes && events.length > 0);
      if (!isFull) events.push(event);
      return !isFull;
    },
    bytes: () => bytes,
  };
};

/** An event as replies have it. */
export function toEvent(
  { date, event }: Pick<FoundEvent, 'date' | 'event'>,
  source: EventSource,
  withReceipt = false,
): Event {
  const { deviceID, eventType } = source;
  const read = { deviceID, eventType, date: date.toISOString(), value: fromStoredValue(event) };
  return {
    ...read,
    ...(event.id !== undefined && { id: event.id }),
    ...(withReceipt && { receivedAt: toReceivedAt(event).toISOString() }),
  };
}

/** Measures the longest plain event of a source once, as long as the source stays the same. */
function createPlainBytes(toBytes: (event: Event) => number): (source: EventSource) => number {
  let measured: EventSource | undefined;
  let plainBytes = 0;
  return (source) => {
    if (source === measured) return plainBytes;
    measured = source;
    const { deviceID, eventType } = source;
    plainBytes = toBytes({ deviceID, eventType, ...LONGEST_PLAIN });
    return plainBytes;
  };
}
