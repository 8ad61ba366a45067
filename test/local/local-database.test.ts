import fc from 'fast-check';
import type { Collection, Sort } from 'mongodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { useDatabase } from '../harness/database.ts';

const database = useDatabase();

type Item = { a: string; b: number; c: Date; n: number };
type Range = { $gte?: Item['b']; $lte?: Item['b'] };
type Query = { a?: string; b?: number | Range; c?: Date; n?: { $gt: number } };

let items: Collection<Item>;

beforeEach(async () => {
  items = database.client.db().collection<Item>('items');
  await items.deleteMany({});
  await items.createIndex({ a: 1, b: 1, c: 1 }, { unique: true });
});

const a = fc.constantFrom('x', 'y');
const b = fc.integer({ min: 0, max: 3 });
const c = fc.integer({ min: 0, max: 3 }).map((day) => new Date(day * 86_400_000));
const item = fc.record({ a, b, c, n: fc.integer({ min: 0, max: 9 }) });
const query: fc.Arbitrary<Query> = fc.record(
  {
    a,
    b: fc.oneof(b, fc.record({ $gte: b, $lte: b }, { requiredKeys: [] })),
    c,
    n: fc.record({ $gt: fc.integer({ min: 0, max: 9 }) }),
  },
  { requiredKeys: [] },
);
const sort: fc.Arbitrary<Sort> = fc.constantFrom(
  { a: 1, b: 1, c: 1 },
  { a: -1, b: -1, c: -1 },
  { b: -1, c: -1, a: 1 },
  { c: 1, b: -1, a: 1 },
);
const limit = fc.integer({ min: 0, max: 5 });

/** Finds what MongoDB would find. */
function select(stored: Item[], wanted: Query, order: Sort, most: number): Item[] {
  const matches = stored.filter(
    (each) =>
      (wanted.a === undefined || each.a === wanted.a) &&
      isIn(each.b, wanted.b) &&
      (wanted.c === undefined || each.c.getTime() === wanted.c.getTime()) &&
      (wanted.n === undefined || each.n > wanted.n.$gt),
  );
  matches.sort((one, other) => {
    for (const [field, direction] of Object.entries(order) as [keyof Item, 1 | -1][]) {
      if (one[field] < other[field]) return -direction;
      if (one[field] > other[field]) return direction;
    }
    return 0;
  });
  return most === 0 ? matches : matches.slice(0, most);
}

const isIn = (value: number, wanted: Query['b']): boolean =>
  typeof wanted === 'object'
    ? value >= (wanted.$gte ?? value) && value <= (wanted.$lte ?? value)
    : (wanted ?? value) === value;

const keyOf = (each: Item): string => `${each.a} ${each.b} ${each.c.getTime()}`;

// What a database of one's own finds is not ours to test.
describe.skipIf(process.env.MONGODB_URI)('the local database', () => {
  it('finds stored items by any part of an index, in order, after writes and deletions', {
    tags: 'long',
  }, async () => {
    const stored = new Map<string, Item>();
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ put: item }) },
      fc.record({ remove: item }),
      fc.record({ move: item, to: b }),
    );
    const property = fc.asyncProperty(step, query, sort, limit, async (change, ...asked) => {
      await apply(change, stored);
      const [wanted, order, most] = asked;
      const found = await items
        .find(wanted, { sort: order, limit: most, projection: { _id: 0 } })
        .toArray();
      const expected = select([...stored.values()], wanted, order, most);
      expect(found).toEqual(expected);
      const pipeline = [{ $match: wanted }, { $sort: order }, { $limit: most || 1_000 }];
      const piped = await items.aggregate([...pipeline, { $project: { _id: 0 } }]).toArray();
      expect(piped).toEqual(expected);
    });
    // Without shrinking, since the stored items depend on all steps before.
    await fc.assert(property, { numRuns: 500, endOnFailure: true });
  });
});

type Change = { put: Item } | { remove: Item } | { move: Item; to: number };

async function apply(change: Change, stored: Map<string, Item>): Promise<void> {
  if ('put' in change) {
    const { n, ...key } = change.put;
    await items.updateOne(key, { $set: { n } }, { upsert: true });
    stored.set(keyOf(change.put), change.put);
  } else if ('remove' in change) {
    const { n: _, ...key } = change.remove;
    await items.deleteOne(key);
    stored.delete(keyOf(change.remove));
  } else {
    const { n: _, ...key } = change.move;
    const known = stored.get(keyOf(change.move));
    const moved = { ...change.move, b: change.to };
    if (!known || stored.has(keyOf(moved))) return;
    await items.updateOne(key, { $set: { b: change.to } });
    stored.delete(keyOf(change.move));
    stored.set(keyOf(moved), { ...moved, n: known.n });
  }
}
