import { randomUUID } from 'node:crypto';
import fc from 'fast-check';

/** The events of one device, of two types and days, which arrive in any order. */
export type Timeline = {
  /** Adds events somewhere between, in turn of either type. */
  add(many: number): Promise<void>;
  /** Adds one of each type before all the others. */
  addBefore(): Promise<void>;
  /** Adds as many as fill the newest bucket of the first type's first day. */
  fill(): Promise<void>;
};

/** A page by its address, and the media type that it is asked for in, which is JSON whatever it is. */
export type Page = { query: Record<string, string>; accept: string };

export const DEVICE = randomUUID();
export const START = Date.parse('2026-05-05T23:00:00Z');
const TYPES = ['temp', 'door'];
const BUCKET_SIZE = 200;
// Enough: all of them are read again and again.
const MAX_EVENTS = 5_000;

export const createTimeline = (send: (events: object[]) => Promise<unknown>): Timeline => {
  let arrivals = 0;
  let first = 0;
  const add = async (many: number, toSecond: () => number): Promise<void> => {
    const events = Array.from({ length: many }, () => {
      arrivals += 1;
      const date = new Date(START + toSecond() * 1_000);
      if (arrivals % 2 === 0 && date < MIDNIGHT) first += 1;
      return { deviceID: DEVICE, eventType: TYPES[arrivals % 2], date, value: arrivals };
    });
    if (arrivals < MAX_EVENTS) await send(events);
  };
  const before = () => -arrivals / 100;
  return {
    add: (many) => add(many, () => (arrivals * 7_919) % 7_200),
    addBefore: () => add(2, before),
    fill: () => add(2 * (BUCKET_SIZE - (first % BUCKET_SIZE)) - (arrivals % 2), before),
  };
};

const MIDNIGHT = new Date('2026-05-06T00:00:00Z');

export const page: fc.Arbitrary<Page> = fc.record({
  query: fc
    .record({
      eventType: fc.constantFrom(...TYPES),
      range: fc.constantFrom<Record<string, string>>(
        { date: '2026-05-05' },
        { date: '2026-05-06' },
        { since: '2026-05-05T00:00:00Z' },
        { since: '2026-05-05T23:30:00Z', until: '2026-05-06T00:30:00Z' },
      ),
      order: fc.constantFrom({}, { order: 'asc' }),
      limit: fc.constantFrom({}, { limit: '1' }, { limit: '150' }, { limit: '10000' }),
    })
    .map(({ eventType, range, order, limit }) => {
      const query: Record<string, string> = { deviceID: DEVICE, eventType };
      return Object.assign(query, range, order, limit);
    }),
  accept: fc.constantFrom('application/json', 'application/x-ndjson', 'text/csv'),
});

/** A page of which it is known what it has. */
export const firstDay: Page = {
  query: { deviceID: DEVICE, eventType: 'temp', date: '2026-05-05' },
  accept: 'application/json',
};

export const toAddress = (query: Record<string, string>): string =>
  `/events?${new URLSearchParams(query)}`;
