import { randomUUID } from 'node:crypto';
import type { CommandSucceededEvent } from 'mongodb';
import { BSON } from 'mongodb';
import { beforeAll, describe, expect, it } from 'vitest';
import type { components } from '../../generated/openapi.ts';
import type { Bucket } from '../../src/events/bucket.ts';
import { EMPTIED } from '../../src/events/bucket.ts';
import { toStoredValue } from '../../src/events/stored-value.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

type Page = components['schemas']['EventPage'];

const DAY = Date.parse('2026-05-05T00:00:00Z');
const DAY_MS = 86_400_000;

const database = useDatabase();
const client = database.connectAgain();
const lambda = createApiHandler(client);
let cost = { queries: 0, documents: 0, bytes: 0 };
client.on('commandSucceeded', ({ commandName, reply }: CommandSucceededEvent) => {
  if (!['find', 'getMore', 'aggregate'].includes(commandName)) return;
  const { cursor } = reply as { cursor: { firstBatch?: unknown[]; nextBatch?: unknown[] } };
  const documents = cursor.firstBatch ?? cursor.nextBatch ?? [];
  cost.queries += 1;
  cost.documents += documents.length;
  for (const document of documents)
    cost.bytes +=
      document instanceof Uint8Array
        ? document.byteLength
        : BSON.calculateObjectSize(document as object);
});

/** Reads a page, and what it cost. */
async function read(query: Record<string, string>) {
  cost = { queries: 0, documents: 0, bytes: 0 };
  const { statusCode, body } = await lambda(proxyEvent({ query }));
  expect([statusCode, statusCode === 200 || body]).toEqual([200, true]);
  return { ...(JSON.parse(body) as Page), ...cost, returned: body.length };
}

type Filled = { deviceID: string; eventType: string };

/** Fills days, as a device does that sends in order; the value is the number of milliseconds since DAY. */
async function fill(days: number, stepMs: number, value?: unknown): Promise<Filled> {
  const key = { deviceID: randomUUID(), eventType: 'reading' };
  const buckets: Bucket[] = [];
  for (let day = 0; day < days; day += 1) {
    const date = new Date(DAY + day * DAY_MS);
    for (let seq = 0; seq * 200 * stepMs < DAY_MS; seq += 1) {
      const times = Array.from({ length: 200 }, (_, nth) => (seq * 200 + nth) * stepMs);
      const events = times
        .filter((time) => time < DAY_MS)
        .map((time) => ({
          date: new Date(date.getTime() + time),
          at: 0,
          ...toStoredValue(value ?? day * DAY_MS + time),
        }));
      const [first, last] = [events[0]?.date ?? date, events.at(-1)?.date ?? date];
      const floor = seq > 0 && { floor: new Date(first.getTime() - stepMs) };
      buckets.push({ ...key, date, seq, count: events.length, first, last, ...floor, events });
    }
  }
  // The largest have 3.3 MB each.
  for (let from = 0; from < buckets.length; from += 5)
    await database.buckets.insertMany(buckets.slice(from, from + 5));
  return key;
}

const at = (milliseconds: number): string => new Date(DAY + milliseconds).toISOString();
const valuesOf = ({ events }: Page): unknown[] => events.map(({ value }) => value);

describe('a page of a long day', () => {
  const STEP = 2_000;
  let key: Filled;
  let newest: Awaited<ReturnType<typeof read>>;
  beforeAll(async () => {
    key = await fill(1, STEP);
    newest = await read({ ...key, date: '2026-05-05', limit: '10' });
  });
  const expectCheap = (page: Awaited<ReturnType<typeof read>>, queries: number) => {
    // Three of them without events.
    expect(page.documents).toBeLessThanOrEqual(5);
    expect(page.bytes).toBeLessThanOrEqual(1.6 * newest.bytes);
    expect(page.queries).toBeLessThanOrEqual(queries);
  };

  it('costs one query, newest or oldest', async () => {
    const oldest = await read({ ...key, date: '2026-05-05', limit: '10', order: 'asc' });

    expect(newest.queries).toBe(1);
    expect(valuesOf(newest)[0]).toBe(DAY_MS - STEP);
    expectCheap(oldest, 1);
    expect(valuesOf(oldest)).toEqual(Array.from({ length: 10 }, (_, nth) => nth * STEP));
  });

  it.each(['asc', 'desc'])('costs as much in the middle, by cursor (%s)', async (order) => {
    const sign = order === 'asc' ? 1 : -1;
    const query = { ...key, since: at(DAY_MS / 2), until: at(DAY_MS / 2 + 3_600_000), order };
    const first = await read({ ...query, limit: '333' });
    const cursor = String(first.nextCursor);
    const page = await read({ ...query, cursor, limit: '10' });

    expectCheap(page, 2);
    const start = Number(valuesOf(first).at(-1));
    expect(valuesOf(page)).toEqual(
      Array.from({ length: 10 }, (_, nth) => start + sign * (nth + 1) * STEP),
    );
  });

  describe.each([
    ['with which a bucket begins', 0],
    ['inside a bucket', 77],
    ['with which a bucket ends', 199],
    ['between two buckets', 199.5],
  ])('from an instant %s', (_, nth) => {
    const start = DAY_MS / 3 + nth * STEP;
    it.each(['asc', 'desc'])('costs as much (%s)', async (order) => {
      const query = { since: at(start), until: at(start + DAY_MS / 3), order, limit: '10' };
      const page = await read({ ...key, ...query });

      expectCheap(page, 2);
      const first = order === 'asc' ? start : start + DAY_MS / 3 - 1;
      const edge = order === 'asc' ? Math.ceil(first / STEP) : Math.floor(first / STEP);
      const sign = order === 'asc' ? 1 : -1;
      expect(valuesOf(page)).toEqual(
        Array.from({ length: 10 }, (_, index) => (edge + sign * index) * STEP),
      );
    });
  });

  it.each(['asc', 'desc'])('costs as much after a silence (%s)', async (order) => {
    const silent = await fill(1, STEP);
    // Between the buckets 100 and 120, all are emptied.
    await database.buckets.updateMany(
      { ...silent, seq: { $gt: 100, $lt: 120 } },
      {
        $set: {
          events: [],
          count: EMPTIED,
          first: new Date(8.64e15),
          last: new Date(-8.64e15),
        },
      },
    );
    const gap = at(110 * 200 * STEP);
    const query = order === 'asc' ? { since: gap } : { since: at(0), until: gap };
    const page = await read({ ...silent, ...query, order, limit: '10' });

    // Oldest first, the neighbour of the next bucket is empty, and the nearest one is looked for.
    expectCheap(page, order === 'asc' ? 6 : 3);
    expect(valuesOf(page)[0]).toBe(order === 'asc' ? 120 * 200 * STEP : 101 * 200 * STEP - STEP);
  });
});

describe('a page of many days', () => {
  it.each(['asc', 'desc'])('costs what it returns (%s)', async (order) => {
    const key = await fill(40, 3_600_000);
    const page = await read({ ...key, since: at(0), order, limit: '480' });

    expect(page.events).toHaveLength(480);
    expect(page.documents).toBeLessThanOrEqual(24);
    expect(page.queries).toBeLessThanOrEqual(6);
  });
});

describe('a page of events of 16 KiB of short numbers', () => {
  const value = JSON.parse(`[${'1,'.repeat(8_120)}1]`);
  let key: Filled;
  beforeAll(async () => {
    key = await fill(1, 86_400, value);
  });

  it.each([
    {},
    { order: 'asc' },
    { since: at(DAY_MS / 2) },
    { since: at(7_000_000), order: 'asc' },
  ])('reads at most twice what it returns: %j', { tags: ['long', 'engine'] }, async (query) => {
    const range = 'since' in query ? {} : { date: '2026-05-05' };
    const page = await read({ ...key, ...range, ...query });

    expect(page.returned).toBeGreaterThan(5_500_000);
    expect(page.bytes).toBeLessThanOrEqual(2 * page.returned);
    const next = await read({ ...key, ...range, ...query, cursor: String(page.nextCursor) });
    // The last page is shorter than the buckets that it begins and ends in.
    if (next.nextCursor) expect(next.bytes).toBeLessThanOrEqual(2 * next.returned);
  });
});

describe('a day whose large buckets all have an event of its first second', () => {
  it('is read from its beginning with bounded memory', { tags: 'long' }, async () => {
    const key = await fill(1, 24_000, 'x'.repeat(16_000));
    const options = { sort: { seq: 1 }, projection: { _id: 1 } } as const;
    const held = await database.buckets.find(key, options).toArray();
    for (const [nth, { _id }] of held.entries()) {
      const first = new Date(DAY + nth);
      await database.buckets.updateOne(
        { _id },
        { $set: { first, 'events.0.date': first, 'events.0.value': nth } },
      );
    }

    const page = await read({ ...key, date: '2026-05-05', order: 'asc', limit: '18' });

    expect(held.length).toBe(18);
    expect(valuesOf(page)).toEqual(Array.from({ length: 18 }, (_, nth) => nth));
  });
});
