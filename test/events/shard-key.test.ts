import type { CommandStartedEvent, Document } from 'mongodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { BUCKET_SIZE, collectionOf } from '../../src/events/bucket.ts';
import type { EventStore } from '../../src/events/event-store.ts';
import { createEventStore } from '../../src/events/event-store.ts';
import { useDatabase } from '../harness/database.ts';

// docs/deploy/scale.md, "Scale out": what a sharded cluster requires of each command.
const SHARD_KEY = ['deviceID', 'eventType', 'date'];
const DEVICE = '8f188304-e7b3-4a16-a243-b9470468478a';

const { connectAgain, buckets } = useDatabase();
const commands: Document[] = [];
let events: EventStore;

const eventOf = (second: number, more: object = {}) => ({
  deviceID: DEVICE,
  eventType: 'sharded',
  date: new Date(Date.UTC(2026, 4, 5) + second * 1000).toISOString(),
  value: second,
  ...more,
});
const range = {
  deviceID: DEVICE,
  eventType: 'sharded',
  from: new Date('2026-05-05'),
  to: new Date('2026-05-06'),
  limit: 1000,
};

/** The filters of the commands with this name: of each update and delete, or of a pipeline's first stage. */
const filtersOf = (name: string, collections = ['events', 'series']): Document[] =>
  commands
    .filter((command) => collections.includes(command[name]))
    .flatMap(
      ({ updates, deletes, filter, query, pipeline }) =>
        (updates ?? deletes)?.map(({ q }: Document) => q) ??
        filter ??
        query ??
        pipeline?.[0].$match,
    );

const isOneValue = (value: unknown): boolean => typeof value === 'string' || value instanceof Date;

beforeAll(async () => {
  const client = connectAgain();
  client.on('commandStarted', ({ command }: CommandStartedEvent) => commands.push(command));
  events = createEventStore(collectionOf(client));
  const many = Array.from({ length: BUCKET_SIZE + 20 }, (_, second) => eventOf(second));
  await events.addAll(many);
  // A duplicate, a late event, another value at one instant, and ids: every way a write can take.
  for (const late of [
    many[3],
    eventOf(1.5),
    eventOf(7, { value: 'other' }),
    eventOf(8, { id: 'a' }),
  ])
    if (late) await events.add(late);
  await events.add(eventOf(9, { id: 'a' }));
  await events.list({ ...range, order: 'desc' });
  await events.list({ ...range, order: 'asc' });
  await events.latest({ deviceID: DEVICE, limit: 100 });
  await events.latest({ deviceID: DEVICE, limit: 100, after: 'a' });
  await events.delete({ deviceID: DEVICE });
});

describe('on a sharded cluster', () => {
  it('each write names its shard by the whole key', () => {
    const filters = filtersOf('update', ['events']);
    const isDeletion = ({ seq, eventType, _id }: Document) => (seq === -1 || _id) && !eventType;

    expect(filters.length).toBeGreaterThan(5);
    expect(filters.filter(isDeletion)).toHaveLength(2);
    for (const filter of filters.filter((each) => !isDeletion(each))) {
      expect(SHARD_KEY.filter((field) => !isOneValue(filter[field]))).toEqual([]);
    }
  });

  it('no write changes the key', () => {
    const updates = commands
      .filter(({ update }) => update === 'events')
      .flatMap(({ updates = [] }) => updates.map(({ u }: Document) => u));
    const changed = updates.flatMap((update) =>
      Object.values<object>(update).flatMap((fields) => Object.keys(fields)),
    );

    expect(changed).toContain('count');
    expect(changed.filter((field) => SHARD_KEY.includes(field))).toEqual([]);
  });

  it('each read asks only where the device is, and so does its deletion', () => {
    const filters = ['find', 'aggregate', 'update'].flatMap((name) => filtersOf(name));

    expect(filters.length).toBeGreaterThan(5);
    for (const filter of filters) expect(filter.deviceID).toBe(DEVICE);
  });

  it('sends no command that would need one shard alone', () => {
    const names = new Set(commands.map((command) => Object.keys(command)[0]));

    expect([...names].sort()).toEqual(['aggregate', 'find', 'update']);
    expect(commands.some(({ txnNumber, autocommit }) => txnNumber && autocommit === false)).toBe(
      false,
    );
  });

  it('the key begins the unique index, which then holds on all shards', async () => {
    const unique = (await buckets.indexes()).filter((index) => index.unique);

    expect(unique.map(({ key }) => Object.keys(key).slice(0, SHARD_KEY.length))).toEqual([
      SHARD_KEY,
    ]);
  });
});
