import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventStore } from '../../src/events/event-store.ts';
import { createEventStore } from '../../src/events/event-store.ts';
import { useDatabase } from '../harness/database.ts';
import { listDay } from './list-day.ts';

type NewEvent = Parameters<EventStore['add']>[0];

const DAY = '2026-05-05';
const eventType = 'button';

const { buckets } = useDatabase();
const store = createEventStore(buckets);

describe('the id of an event', () => {
  it('tells events apart that are alike', async () => {
    const event = newEvent({ value: 1 });

    expect(await store.add({ ...event, id: 'a' })).toBe('created');
    expect(await store.add({ ...event, id: 'b' })).toBe('created');
    expect(await store.add(event)).toBe('created');

    expect(await store.add({ ...event, id: 'a' })).toBe('duplicate');
    expect(await store.add({ ...event, id: 'b' })).toBe('duplicate');
    expect(await store.add(event)).toBe('duplicate');
    expect(await list(event)).toHaveLength(3);
  });

  it('is all that tells, whatever the instant and value', async () => {
    const event = newEvent({ id: 'a', value: 1 });

    expect(await store.add(event)).toBe('created');
    expect(await store.add({ ...event, date: `${DAY}T13:00:00Z`, value: 2 })).toBe('duplicate');
    expect(await list(event)).toEqual([{ ...event, date: `${DAY}T12:00:00.000Z` }]);
  });

  it('is of its device, type and day', async () => {
    const event = newEvent({ id: 'a' });

    expect(await store.add(event)).toBe('created');
    expect(await store.add({ ...event, deviceID: randomUUID() })).toBe('created');
    expect(await store.add({ ...event, eventType: 'door' })).toBe('created');
    expect(await store.add({ ...event, date: '2026-05-06T12:00:00Z' })).toBe('created');
  });

  it.each(['$id', 'a.b', '__proto__', 'null', ' x', '🌡'.repeat(64)])('may be %j', async (id) => {
    const event = newEvent({ id });

    expect(await store.add(event)).toBe('created');
    expect(await store.add(event)).toBe('duplicate');
    expect(await store.add({ ...event, id: `${id}!` })).toBe('created');
  });

  it.each(['$1', '$last', '$$ROOT', '$$event.date', '\\', '\\$1'])(
    'is never taken for an expression: %j',
    async (id) => {
      const { id: _, ...plain } = newEvent({ id, value: 1 });

      expect(await store.add({ ...plain, id })).toBe('created');
      expect(await store.add(plain)).toBe('created');
      expect(await store.add({ ...plain, id: `\\${id}` })).toBe('created');

      expect(await store.add(plain)).toBe('duplicate');
      expect(await store.add({ ...plain, id })).toBe('duplicate');
      const [bucket] = await buckets.find({ deviceID: plain.deviceID }).toArray();
      expect(bucket?.events.map((event) => event.id)).toEqual([id, undefined, `\\${id}`]);
      const date = `${DAY}T12:00:00.000Z`;
      expect(await store.latest({ ...plain, limit: 1 })).toEqual({
        events: [{ ...plain, date, id: `\\${id}` }],
      });
    },
  );

  it.each(['the same process', 'a new one'])('is known in full buckets to %s', async (process) => {
    const first = newEvent({ id: '0' });
    const ids = Array.from({ length: 450 }, (_, i) => String(i));
    await store.addAll(ids.map((id) => ({ ...first, id })));

    const reader = process === 'a new one' ? createEventStore(buckets) : store;
    for (const id of ['0', '199', '200', '449']) {
      expect(await reader.add({ ...first, id, date: `${DAY}T23:00:00Z` })).toBe('duplicate');
    }
    expect(await reader.add({ ...first, id: '450', date: `${DAY}T23:00:00Z` })).toBe('created');
  });

  it('is stored once when 20 writers send it at once', async () => {
    const event = newEvent({ id: 'a' });

    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, value) => createEventStore(buckets).add({ ...event, value })),
    );

    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
  });
});

describe('batches of any events, in any order, by several processes', () => {
  it('store each of them once, and say so', { tags: ['long', 'engine'] }, async () => {
    const event = fc.record({
      second: fc.integer({ min: 0, max: 400 }),
      value: fc.constantFrom(1, 2, [1], { a: 1 }),
      id: fc.option(fc.integer({ min: 0, max: 300 }).map(String), { nil: undefined, freq: 3 }),
    });
    const batch = fc.record({
      process: fc.nat(2),
      events: fc.array(event, { minLength: 1, maxLength: 400, size: 'max' }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { minLength: 3, maxLength: 8 }), async (batches) => {
        const stores = Array.from({ length: 3 }, () => createEventStore(buckets));
        const deviceID = randomUUID();
        const known = new Set<string>();
        for (const { process, events } of batches) {
          const sent = events.map(({ second, value, id }) => ({
            deviceID,
            eventType,
            value,
            date: new Date(Date.parse(DAY) + second * 1_000).toISOString(),
            ...(id !== undefined && { id }),
          }));
          const expected = sent.map((event) => remember(known, event));
          const report = await stores[process]?.addAll(sent);
          expect(report).toEqual({ outcomes: expected });
        }
        expect(await list({ deviceID, eventType, date: DAY })).toHaveLength(known.size);
        const found = await buckets.find({ deviceID }).sort({ seq: 1 }).toArray();
        expect(found.map(({ count, events }) => count - events.length)).toEqual(found.map(() => 0));
        expect(found.slice(0, -1).every(({ count }) => count === 200)).toBe(true);
        const times = found.map(({ events }) => events.map(({ date }) => Number(date)));
        expect(found.map(({ floor }) => floor?.getTime())).toEqual(
          found.map((_, i) => (i === 0 ? undefined : Math.max(...times.slice(0, i).flat()))),
        );
      }),
      { numRuns: 25 },
    );
  });
});

/** The outcome that a store should report for an event. */
function remember(known: Set<string>, { id, date, value }: NewEvent): 'created' | 'duplicate' {
  const identity = id === undefined ? `${date} ${JSON.stringify(value)}` : `id ${id}`;
  if (known.has(identity)) return 'duplicate';
  known.add(identity);
  return 'created';
}

const newEvent = (fields: Partial<NewEvent>): NewEvent => ({
  deviceID: randomUUID(),
  eventType,
  date: `${DAY}T12:00:00Z`,
  ...fields,
});

const list = ({ deviceID }: NewEvent) => listDay(store, { deviceID, eventType, date: DAY });
