import type { Db } from 'mongodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMigrationHandler } from '../../src/lambda/migration-handler.ts';
import { bucketSchema } from '../../src/migration/bucket-schema.ts';
import { migrate } from '../../src/migration/migrate.ts';
import { useDatabase } from '../harness/database.ts';

const DAY_MS = 86_400_000;
const database = useDatabase();
const { client, buckets } = database;

beforeEach(async () => {
  await buckets.drop().catch(() => undefined);
});

const daysAgo = (days: number): Date =>
  new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - days * DAY_MS);

const bucketOf = (date: Date, seq = 0) => ({
  deviceID: '8f188304-e7b3-4a16-a243-b9470468478a',
  eventType: 'boot',
  date,
  seq,
  count: 1,
  first: date,
  last: date,
  events: [{ date, at: 0, value: 1 }],
});

async function readTtl(): Promise<number | undefined> {
  const indexes = await buckets.indexes();
  return indexes.find(({ expireAfterSeconds }) => expireAfterSeconds !== undefined)
    ?.expireAfterSeconds;
}

const isMongoDb = async (db: Db): Promise<boolean> => {
  const { modules } = await db.admin().command({ buildInfo: 1 });
  return modules !== undefined;
};

describe('the unique index', () => {
  it('keeps a second bucket of the same key out', async () => {
    await migrate(client);
    await buckets.insertOne(bucketOf(daysAgo(0)));

    await expect(buckets.insertOne(bucketOf(daysAgo(0)))).rejects.toMatchObject({ code: 11000 });
  });

  it('is made by migrations that run at once, and kept by later ones', async () => {
    await Promise.all([migrate(client), migrate(client), migrate(client)]);
    const before = await buckets.indexes();

    await migrate(client);

    expect(await buckets.indexes()).toEqual(before);
    expect(before.map(({ name }) => name).sort()).toEqual(['_id_', 'bucket', 'first']);
  });

  it('is refused over duplicates, with their number and the first', async () => {
    const keys = [bucketOf(daysAgo(2)), bucketOf(daysAgo(1), 3), bucketOf(daysAgo(0))];
    await buckets.insertMany([...keys, ...keys.slice(1).map((bucket) => ({ ...bucket }))]);

    await expect(migrate(client)).rejects.toThrow(
      `2 keys have more than one bucket, the first is {"deviceID":"${keys[1]?.deviceID}",` +
        `"eventType":"boot","date":"${keys[1]?.date.toISOString()}","seq":3}`,
    );
    expect(await buckets.countDocuments()).toBe(5);
  });
});

describe('the retention', () => {
  it('counts from the end of the day, so that its last event does not go early', async () => {
    await migrate(client, { retentionDays: 30 });

    expect(await readTtl()).toBe(31 * 86_400);
  });

  it('is left as it is by a migration that does not name one', async () => {
    await migrate(client, { retentionDays: 30 });

    expect(await migrate(client)).toMatchObject({ retention: '30 days, as before' });
    expect(await readTtl()).toBe(31 * 86_400);
  });

  it.each([
    [30, 33 * 86_400],
    // MongoDB's largest.
    [24_853, 2 ** 31 - 1],
    [null, undefined],
  ])('of %s days is that of series, which end after their buckets', async (days, seconds) => {
    await migrate(client, { retentionDays: 90 });

    await migrate(client, { retentionDays: days, allowDataLoss: true });

    const indexes = await client.db().collection('series').indexes();
    const ttl = indexes.find((index) => index.expireAfterSeconds !== undefined);
    expect(ttl?.expireAfterSeconds).toBe(seconds);
    expect(indexes.map(({ name }) => name)).toContain('series');
  });

  it('grows without a question', async () => {
    await migrate(client, { retentionDays: 30 });

    const { retention } = await migrate(client, { retentionDays: 90 });

    expect(retention).toBe('90 days, before: 30 days');
    expect(await readTtl()).toBe(91 * 86_400);
  });

  it('ends when events are to be kept for ever', async () => {
    await migrate(client, { retentionDays: 30 });

    await migrate(client, { retentionDays: null });

    expect(await readTtl()).toBeUndefined();
  });

  it('does not shrink without an explicit yes', async () => {
    await migrate(client, { retentionDays: 90 });

    await expect(migrate(client, { retentionDays: 30 })).rejects.toThrow(
      'A retention of 30 days (now: 90 days) deletes events',
    );
    expect(await readTtl()).toBe(91 * 86_400);

    await migrate(client, { retentionDays: 30, allowDataLoss: true });

    expect(await readTtl()).toBe(31 * 86_400);
  });

  it('does not begin by deleting events without an explicit yes', async () => {
    await buckets.insertMany([bucketOf(daysAgo(40)), bucketOf(daysAgo(1))]);

    await expect(migrate(client, { retentionDays: 30 })).rejects.toThrow(
      `up to ${daysAgo(31).toISOString().slice(0, 10)} at once (1 buckets)`,
    );
    expect(await readTtl()).toBeUndefined();
  });

  it('begins without a question over events that are young enough', async () => {
    await buckets.insertOne(bucketOf(daysAgo(29)));

    await migrate(client, { retentionDays: 30 });

    expect(await readTtl()).toBe(31 * 86_400);
  });

  it.each([0, -1, 1.5, Number.NaN, 24_854])('is not %d days', async (retentionDays) => {
    await expect(migrate(client, { retentionDays })).rejects.toThrow(
      `retentionDays is ${retentionDays}: it must be a whole number from 1 to 24853`,
    );
  });
});

describe('the validator', () => {
  it('asks for all fields of a bucket that are not optional', () => {
    const { floor, unlisted, edits, stats, ...always } = { ...bucketSchema.properties };

    expect(floor && unlisted && edits && stats).toBeDefined();
    expect(bucketSchema.required).toEqual(Object.keys(always));
    expect(Object.keys(bucketOf(daysAgo(0)))).toEqual(bucketSchema.required);
  });

  it('is set where the server has validators', async ({ skip }) => {
    if (!(await isMongoDb(client.db()))) skip('mongo-java-server has none');
    await migrate(client);

    for (const collection of [buckets, client.db().collection('series')]) {
      const wrong = collection.insertOne({ count: 1 } as never);
      await expect(wrong).rejects.toMatchObject({ code: 121 });
    }
    expect(await migrate(client)).toMatchObject({ validator: 'as before' });
  });
});

describe('the migration function', () => {
  it.each([
    ['the event', { retentionDays: 30 }, {}],
    ['the event, over the environment', { retentionDays: 30 }, { RETENTION_DAYS: '60' }],
    ['the environment', {}, { RETENTION_DAYS: '30' }],
  ])('takes the retention from %s', async (_, event, env) => {
    const run = createMigrationHandler(database.uri, env);

    expect(await run(event)).toMatchObject({
      index: 'bucket, first',
      retention: '30 days, before: for ever',
    });
  });

  it('keeps events for ever when no retention is named', async () => {
    await migrate(client, { retentionDays: 30 });

    await createMigrationHandler(database.uri, { RETENTION_DAYS: '' })(null);

    expect(await readTtl()).toBeUndefined();
  });

  it('throws what the migration refuses, and does it with an explicit yes', async () => {
    await buckets.insertOne(bucketOf(daysAgo(40)));
    const run = createMigrationHandler(database.uri, {});

    await expect(run({ retentionDays: 30 })).rejects.toThrow('set allowDataLoss to true');
    expect(await run({ retentionDays: 30, allowDataLoss: true })).toMatchObject({
      retention: '30 days, before: for ever',
    });
  });

  it('says that it cannot reach the database', async () => {
    const run = createMigrationHandler('mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=1', {}, 0);

    await expect(run({})).rejects.toThrow('The migration cannot reach the database: ');
  });
});
