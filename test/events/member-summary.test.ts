import { randomUUID } from 'node:crypto';
import type { Document } from 'mongodb';
import { beforeAll, describe, expect, it } from 'vitest';
import type { components } from '../../generated/openapi.ts';
import type { ApiHandler } from '../../src/lambda/api-handler.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { proxyEvent } from '../harness/proxy-event.ts';
import { exactSummary } from './exact-summary.ts';

type Interval = components['schemas']['EventInterval'];

const database = useDatabase();
let api: ApiHandler;
beforeAll(() => {
  api = createApiHandler(database.client);
});

const DAY = Date.parse('2026-05-05');
const eventType = 'climate';
const at = (milliseconds: number): string => new Date(DAY + milliseconds).toISOString();

const postAll = async (deviceID: string, values: unknown[]): Promise<void> => {
  const events = values.map((value, nth) => ({ deviceID, eventType, date: at(nth), value }));
  for (let from = 0; from < events.length; from += 1_000) {
    const body = JSON.stringify({ events: events.slice(from, from + 1_000) });
    const reply = await api(proxyEvent({ method: 'POST', path: '/events/batch', body }));
    expect(reply.statusCode).toBe(207);
    expect(reply.body).not.toContain('rejected');
  }
};
const ask = (deviceID: string, pointer: string, more: Record<string, string> = {}) => {
  const range = { since: at(0), until: at(86_400_000), interval: 'P1D' };
  const query = { deviceID, eventType, ...range, pointer, ...more };
  return api(proxyEvent({ path: '/events/summary', query }));
};
const summarize = async (
  deviceID: string,
  pointer: string,
  more: Record<string, string> = {},
): Promise<Interval[]> => {
  const { statusCode, body } = await ask(deviceID, pointer, more);
  expect(statusCode).toBe(200);
  return JSON.parse(body).intervals;
};

describe('a summary with a pointer', () => {
  it.each([
    // The examples of RFC 6901, section 5.
    ['/foo/0', { foo: [1, 'baz'] }],
    ['/', { '': 1 }],
    ['/a~1b', { 'a/b': 1 }],
    ['/c%d', { 'c%d': 1 }],
    ['/e^f', { 'e^f': 1 }],
    ['/g|h', { 'g|h': 1 }],
    ['/i\\j', { 'i\\j': 1 }],
    ['/k"l', { 'k"l': 1 }],
    ['/ ', { ' ': 1 }],
    ['/m~0n', { 'm~n': 1 }],
    // Not an escaped slash.
    ['/~01', { '~1': 1 }],
    ['/a/1/b', { a: [0, { b: 1 }] }],
    ['/1', [0, 1]],
    ['/01', { '01': 1 }],
    ['/ü', { ü: 1 }],
    // What the database holds as text.
    ['/$x/a.b', { $x: { 'a.b': 1 } }],
    ['/__proto__', JSON.parse('{"__proto__":1}')],
    ['/a', { a: 1, long: 'x'.repeat(10_000) }],
  ])('%s finds the number in %j', async (pointer, value) => {
    const deviceID = randomUUID();
    await postAll(deviceID, [value]);

    expect(await summarize(deviceID, pointer)).toMatchObject([{ count: 1, sum: 1, mean: 1 }]);
  });

  it.each([
    ['/a', 1],
    ['/a', null],
    ['/a', { a: '1' }],
    ['/a', { a: { b: 1 } }],
    ['/a', { b: 1 }],
    ['/a/b', { a: 1 }],
    ['/length', 'text'],
    ['/length', [1, 2]],
    ['/constructor/length', {}],
    ['/__proto__/a', { a: 1 }],
    ['/-', [1]],
    ['/01', [0, 1]],
    ['/1e0', [0, 1]],
    ['/-1', [1]],
    ['/99999999999999999999', [1]],
  ])('%s finds no number in %j', async (pointer, value) => {
    const deviceID = randomUUID();
    await postAll(deviceID, [value]);

    expect(await summarize(deviceID, pointer)).toEqual([]);
  });

  it('to the whole is a summary without one', async () => {
    const deviceID = randomUUID();
    await postAll(deviceID, [1, { a: 5 }, 2]);

    expect(await summarize(deviceID, '')).toMatchObject([{ count: 2, sum: 3, lastValue: 2 }]);
  });

  it('is exact, in each interval of the range and of no other event, in a time zone as well', async () => {
    const deviceID = randomUUID();
    const values = Array.from({ length: 1_010 }, (_, nth) => ({ power: { kW: (nth % 100) / 10 } }));
    const events = values.map((value, nth) => ({ date: at(nth * 60_000), value }));
    for (let from = 0; from < events.length; from += 1_000) {
      const own = events.slice(from, from + 1_000);
      const body = JSON.stringify({
        events: own.map((each) => ({ deviceID, eventType, ...each })),
      });
      await api(proxyEvent({ method: 'POST', path: '/events/batch', body }));
    }
    const range = { since: at(90_000), until: at(50_000_000) };
    const numbers = events
      .map(({ date, value }) => ({ date, value: value.power.kW }))
      .filter(({ date }) => date >= range.since && date < range.until);

    for (const [interval, minutes] of [
      ['PT7M', 7],
      ['PT1H', 60],
    ] as const) {
      const found = await summarize(deviceID, '/power/kW', { ...range, interval });
      expect(found).toEqual(exactSummary(numbers, minutes));
    }
    const zone = { ...range, interval: 'PT1H', timeZone: 'Asia/Kathmandu' };
    expect(await summarize(deviceID, '/power/kW', zone)).toEqual(exactSummary(numbers, 60, 345));
  });

  /** Stores buckets as they are, since so many events would take long to send. */
  const store = (deviceID: string, buckets: number, event: Document, count: number, first = 0) => {
    const date = new Date(DAY);
    const key = { deviceID, eventType, date, last: date };
    const events = Array.from({ length: count }, () => ({ date, at: 1, ...event }));
    const all = Array.from({ length: buckets }, (_, nth) => ({
      ...key,
      first: date,
      seq: first + nth,
      count,
      events,
    }));
    return database.buckets.insertMany(all as never);
  };

  it('of more than 100,000 events is refused, and of so many is answered', {
    tags: 'long',
  }, async () => {
    const deviceID = randomUUID();
    await store(deviceID, 500, { value: { a: 1 } }, 200);

    expect(await summarize(deviceID, '/a')).toMatchObject([{ count: 100_000, sum: 100_000 }]);

    await postAll(deviceID, [{ a: 2 }]);
    const refused = await ask(deviceID, '/a');
    expect(refused.statusCode).toBe(400);
    expect(JSON.parse(refused.body)).toMatchObject({
      errors: [{ code: 'too-large', parameter: 'until' }],
    });
    expect(await summarize(deviceID, '')).toEqual([]);
  });

  it('of more than 64 MB is refused', { tags: 'long' }, async () => {
    const deviceID = randomUUID();
    const json = JSON.stringify({ a: 1, long: 'x'.repeat(15_000) });
    // 3 MB each.
    await store(deviceID, 21, { json }, 200);
    expect(await summarize(deviceID, '/a')).toMatchObject([{ count: 4_200 }]);

    await store(deviceID, 1, { json }, 200, 21);
    const refused = await ask(deviceID, '/a');
    expect(refused.statusCode).toBe(400);
    expect(JSON.parse(refused.body)).toMatchObject({
      errors: [{ code: 'too-large', parameter: 'until' }],
    });
  });
});
