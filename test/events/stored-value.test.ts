import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventStore } from '../../src/events/event-store.ts';
import { useDatabase } from '../harness/database.ts';
import { listDay } from './list-day.ts';

const DAY = '2026-05-05';
const eventType = 'anything';

const { buckets } = useDatabase();
const store = createEventStore(buckets);

const SPECIAL_KEYS = [
  '',
  '$',
  '$x',
  '$ref',
  '$id',
  '$db',
  '$oid',
  '$date',
  'a.b',
  '.',
  '_id',
  '_bsontype',
  'a\0b',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'toJSON',
  'toBSON',
  'length',
  '0',
  '-1',
  'value',
  'json',
  'date',
  'events',
  'half \ud800',
  '\udc00',
  'ключ',
  '🔑',
];
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\0', '\ud800', 'x\udfff', '🌡', '$x', '$$ROOT', 'ObjectId'),
);
const key = fc.oneof({ arbitrary: fc.constantFrom(...SPECIAL_KEYS), weight: 3 }, text);
const { json } = fc.letrec<{ json: unknown; list: unknown; object: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(
      fc.constantFrom(null, true, false, 2 ** 31, -(2 ** 53), 5e-324, 1.7976931348623157e308),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      text,
    ),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('json'), { maxLength: 4 }),
  // Unlike an assignment, this makes `__proto__` a key like any other, as JSON.parse does.
  object: fc.array(fc.tuple(key, tie('json')), { maxLength: 4 }).map(Object.fromEntries),
}));
const deep = fc
  .tuple(fc.jsonValue(), fc.array(fc.boolean(), { minLength: 50, maxLength: 200 }))
  .map(([value, levels]) => levels.reduce<unknown>((v, isList) => (isList ? [v] : { v }), value));
const anyJson = fc.oneof(
  { arbitrary: json, weight: 6 },
  { arbitrary: fc.jsonValue(), weight: 2 },
  { arbitrary: deep, weight: 1 },
);

describe('a value', () => {
  it(
    'comes back as it was sent, whatever JSON it is, and is stored once',
    { tags: ['long', 'engine'] },
    () => expectBack({ numRuns: 40 }),
  );

  it('does so for many more values', { tags: 'long' }, () => expectBack({ numRuns: 400 }));

  it.each([
    'null',
    'false',
    'true',
    '0',
    '-1.5',
    '2147483648',
    '9007199254740991',
    '1.7976931348623157e+308',
    '""',
    '"grün 🌡"',
    '"\\ud800"',
    '[]',
    '{}',
    '[null,[],{}]',
    '{"celsius":21.4,"nested":{"a":[1,{"b":null}]}}',
    '{"$ref":"a.b","$id":1}',
    '{"$ref":"a","$id":1,"$db":"x"}',
    '[{"at":{"$ref":"a","$id":1}}]',
    '{"_bsontype":"ObjectId"}',
    '{"at":{"_bsontype":"Long","low":1,"high":2}}',
    '{"__proto__":{"x":1}}',
    '{"at":[{"__proto__":null}]}',
    '{"toString":[{"a":1}]}',
    '{"constructor":[[{}]]}',
    '{"":1}',
    '{"a.b":{"$set":{"count":0}}}',
    '{"a\\u0000b":1}',
    '{"\\ud800":1}',
    '{"json":"1"}',
    '{"value":1,"date":2}',
    '{"z":1,"a":2}',
  ])('comes back as it was sent: %s', async (sent) => {
    const deviceID = randomUUID();

    await store.add(toEvent(deviceID, 0, JSON.parse(sent)));

    const read = await listDay(store, { deviceID, eventType, date: DAY });
    expect(read.map(({ value }) => JSON.stringify(value))).toEqual([sent]);
  });

  it.each([
    ['"$x"', 'value'],
    ['"$$ROOT"', 'value'],
    ['["$$event.date",["$last"]]', 'value'],
    ['{"a":"$$event.date","b":{"c":["$$ROOT"]}}', 'value'],
    ['{"$a":1}', 'json'],
    ['{"a":[{"$eq":["$date",1]}]}', 'json'],
  ])('is never taken for an expression: %s, stored as %s', async (sent, field) => {
    const event = toEvent(randomUUID(), 0, JSON.parse(sent));
    await store.add({ ...event, value: 'another at that instant' });

    expect(await store.add(event)).toBe('created');

    expect(await store.add(event)).toBe('duplicate');
    const [latest] = (await store.latest({ ...event, limit: 1 })).events;
    expect(JSON.stringify(latest?.value)).toBe(sent);
    const bucket = await buckets.findOne({ deviceID: event.deviceID });
    expect(bucket?.events.map((stored) => Object.keys(stored))).toEqual([
      ['date', 'at', 'value'],
      ['date', 'at', field],
    ]);
  });

  it.each([60, 63, 64, 65, 100, 200])('comes back %i levels deep', async (depth) => {
    const deviceID = randomUUID();
    const sent = `${'['.repeat(depth)}1${']'.repeat(depth)}`;

    expect(await store.add(toEvent(deviceID, 0, JSON.parse(sent)))).toBe('created');

    expect(await store.add(toEvent(deviceID, 0, JSON.parse(sent)))).toBe('duplicate');
    const read = await listDay(store, { deviceID, eventType, date: DAY });
    expect(JSON.stringify(read[0]?.value)).toBe(sent);
  });

  it('is null when it was left out', async () => {
    const deviceID = randomUUID();
    const date = `${DAY}T12:00:00.000Z`;

    await store.add({ deviceID, eventType, date });

    expect(await listDay(store, { deviceID, eventType, date: DAY })).toEqual([
      { deviceID, eventType, date, value: null },
    ]);
  });
});

const toEvent = (deviceID: string, second: number, value: unknown) => ({
  deviceID,
  eventType,
  date: `${DAY}T12:00:${String(second).padStart(2, '0')}.000Z`,
  value,
});

async function expectBack(parameters: fc.Parameters<[unknown[]]>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(anyJson, { minLength: 5, maxLength: 15 }), async (values) => {
      const deviceID = randomUUID();
      // Text tells more than deep equality: order of keys, own `__proto__`, halves of surrogate pairs.
      const texts = values.map((value) => JSON.stringify(value));
      const send = async () => {
        const outcomes = new Set<string>();
        for (const [i, value] of texts.entries()) {
          outcomes.add(await store.add(toEvent(deviceID, i, JSON.parse(value))));
        }
        return [...outcomes];
      };

      expect(await send()).toEqual(['created']);
      expect(await send()).toEqual(['duplicate']);
      const read = await listDay(store, { deviceID, eventType, date: DAY });
      expect(read.map(({ value }) => JSON.stringify(value)).reverse()).toEqual(texts);
    }),
    parameters,
  );
}
