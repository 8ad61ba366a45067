import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { components } from '../../generated/openapi.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

type Schemas = components['schemas'];
type Sent = { date: string; value: unknown; id?: string; eventType?: string };
type Query = Record<string, string>;

const database = useDatabase();
// Two processes, which remember what they have seen.
const lambdas = [0, 1].map(() => createApiHandler(database.connectAgain()));

const ask = async (
  method: string,
  path: string,
  query: Query = {},
  { body, headers = {}, at = 0 }: { body?: object; headers?: Query; at?: number } = {},
) => {
  const text = body && { body: JSON.stringify(body) };
  const reply = await lambdas[at]?.(proxyEvent({ method, path, query, headers, ...text }));
  return {
    status: reply?.statusCode,
    headers: reply?.headers ?? {},
    body: reply?.body ? JSON.parse(reply.body) : undefined,
  };
};

const send = async (deviceID: string, events: Sent[], at = 0): Promise<string[]> => {
  const statuses: string[] = [];
  for (let from = 0; from < events.length; from += 1_000) {
    const part = events
      .slice(from, from + 1_000)
      .map((event) => ({ deviceID, eventType: 't', ...event }));
    const { body } = await ask('POST', '/events/batch', {}, { body: { events: part }, at });
    statuses.push(...(body as Schemas['BatchReport']).results.map(({ status }) => status));
  }
  return statuses;
};

const erase = (deviceID: string, query: Query = {}, at = 0) =>
  ask('DELETE', '/events', { deviceID, eventType: 't', ...query }, { at });

const ALL = { since: '2026-05-01T00:00:00Z', limit: '10000' };
const read = async (deviceID: string, query: Query = {}) =>
  (await ask('GET', '/events', { deviceID, eventType: 't', ...ALL, order: 'asc', ...query })).body;
const valuesOf = async (deviceID: string, query?: Query): Promise<unknown[]> =>
  (await read(deviceID, query)).events.map(({ value }: Schemas['Event']) => value);
const latestOf = async (deviceID: string) =>
  (await ask('GET', '/events/latest', { deviceID })).body.events;

const MIDNIGHT = Date.parse('2026-05-06T00:00:00Z');
const toDate = (second: number): string => new Date(MIDNIGHT + second * 1_000).toISOString();
const toSent = (second: number): Sent => ({ date: toDate(second), value: second });
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);
const between = (from: number, to: number): Query => ({ since: toDate(from), until: toDate(to) });

describe('DELETE /events', () => {
  it('deletes a type of a device, whatever the day, and nothing else', async () => {
    const [device, other] = [randomUUID(), randomUUID()];
    for (const each of [device, other]) {
      await send(each, [-86_400, 0, 86_400].map(toSent));
      await send(each, [{ ...toSent(0), eventType: 'u' }]);
    }

    const reply = await erase(device.toUpperCase());

    expect([reply.status, reply.body]).toEqual([204, undefined]);
    expect(reply.headers).toMatchObject({ 'Cache-Control': 'no-store' });
    expect(await valuesOf(device)).toEqual([]);
    expect((await latestOf(device)).map(({ eventType }: Sent) => eventType)).toEqual(['u']);
    expect(await latestOf(other)).toHaveLength(2);
    const types = await ask('GET', `/devices/${device}/event-types`);
    expect(types.body.eventTypes.map(({ eventType }: Sent) => eventType)).toEqual(['u']);
    expect((await erase(device)).status).toBe(204);
  });

  it('deletes from one instant up to another, across midnight and buckets', async () => {
    const device = randomUUID();
    const seconds = range(-450, 450);
    await send(device, seconds.map(toSent));

    expect((await erase(device, between(-200, 333))).status).toBe(204);

    const left = seconds.filter((second) => second < -200 || second >= 333);
    expect(await valuesOf(device)).toEqual(left);
    expect(await valuesOf(device, { order: 'desc' })).toEqual(left.toReversed());
    expect((await erase(device, between(-200, 333))).status).toBe(204);
    expect(await valuesOf(device)).toEqual(left);
  });

  it('takes deleted events again, and other events at their places', async () => {
    const device = randomUUID();
    const seconds = range(0, 450);
    for (const ids of [false, true]) {
      const toEvent = (second: number) => ({ ...toSent(second), ...(ids && { id: `i${second}` }) });
      const type = ids ? 'with-ids' : 't';
      const events = seconds.map((second) => ({ ...toEvent(second), eventType: type }));
      await send(device, events);
      await send(device, events.slice(0, 1), 1);

      await erase(device, { eventType: type, ...between(100, 430) });

      const expected = seconds.map((second) =>
        second >= 100 && second < 430 ? 'created' : 'duplicate',
      );
      expect(await send(device, events, 1)).toEqual(expected);
      expect(await send(device, events, 0)).toEqual(seconds.map(() => 'duplicate'));
      expect(await valuesOf(device, { eventType: type })).toEqual(seconds);
    }
  });

  it('counts with dryRun, and deletes nothing', async () => {
    const device = randomUUID();
    await send(device, range(-300, 300).map(toSent));

    const count = async (query: Query = {}) => {
      const { status, body, headers } = await erase(device, { dryRun: 'true', ...query });
      expect([status, headers]).toEqual([
        200,
        expect.objectContaining({ 'Cache-Control': 'no-store' }),
      ]);
      return body;
    };

    expect(await count()).toEqual({ count: 600 });
    expect(await count(between(-10, 7))).toEqual({ count: 17 });
    expect(await count(between(1_000, 2_000))).toEqual({ count: 0 });
    expect(await count({ eventType: 'none' })).toEqual({ count: 0 });
    expect(await valuesOf(device)).toHaveLength(600);
    expect((await erase(device, { dryRun: 'false', ...between(-10, 7) })).status).toBe(204);
    expect(await count()).toEqual({ count: 583 });
    expect(await count(between(-11, 8))).toEqual({ count: 2 });
    await erase(device);
    expect(await count()).toEqual({ count: 0 });
  });

  it.each([
    ['one bound', { since: toDate(0) }, 'until', 'required'],
    ['the other bound', { until: toDate(0) }, 'since', 'required'],
    ['an empty range', { since: toDate(0), until: toDate(0) }, 'until', 'empty-range'],
    ['a range backwards', { since: toDate(1), until: toDate(0) }, 'until', 'empty-range'],
    ['a misspelt bound', { from: toDate(0) }, 'from', 'unknown-parameter'],
    ['dryRun=True', { dryRun: 'True' }, 'dryRun', 'type'],
    ['dryRun=1', { dryRun: '1' }, 'dryRun', 'type'],
    ['an empty dryRun', { dryRun: '' }, 'dryRun', 'type'],
    ['no type', { eventType: '' }, 'eventType', expect.any(String)],
    ['a day', { date: '2026-05-06' }, 'date', 'unknown-parameter'],
  ])('refuses %s, and deletes nothing', async (_, query, parameter, code) => {
    const device = randomUUID();
    await send(device, [toSent(0)]);

    const { status, body } = await erase(device, query as Query);

    expect(status).toBe(400);
    expect(body.errors).toEqual([expect.objectContaining({ parameter, code })]);
    expect(await valuesOf(device)).toEqual([0]);
  });
});

describe('after a deletion of a range', () => {
  it('nothing stays of its events', async () => {
    const device = randomUUID();
    await send(device, range(0, 250).map(toSent));
    await send(device, [{ date: toDate(240), value: 'secret', id: 'secret' }]);

    await erase(device, between(10, 245));

    const left = await database.buckets.find({ deviceID: device }, { sort: { seq: 1 } }).toArray();
    expect(JSON.stringify(left)).not.toContain('secret');
    expect(left.map(({ count, edits, events }) => [count, edits, events.length])).toEqual([
      [200, 1, 200],
      [51, 1, 51],
    ]);
    expect(left.map(({ events }) => events.filter((event) => event.date).length)).toEqual([10, 5]);
  });

  it('a full bucket without events is left out of reads; one with room keeps its places', async () => {
    const device = randomUUID();
    await send(device, range(0, 450).map(toSent));

    await erase(device, between(0, 450));

    const left = await database.buckets.find({ deviceID: device }, { sort: { seq: 1 } }).toArray();
    expect(left.map(({ count, events }) => [count, events.length])).toEqual([
      [201, 0],
      [201, 0],
      [50, 50],
    ]);
    expect(await send(device, [toSent(449)], 1)).toEqual(['created']);
    expect(await valuesOf(device)).toEqual([449]);
  });

  it('the newest and the oldest event are others', async () => {
    const device = randomUUID();
    await send(device, range(-250, 250).map(toSent));
    // A late one, so that the newest event of the day is in an earlier bucket.
    await send(device, [{ ...toSent(5), value: 'late' }]);
    const endsOf = async () => {
      const { eventTypes } = (await ask('GET', `/devices/${device}/event-types`)).body;
      const { body } = await ask('GET', `/devices/${device}`);
      const [latest] = await latestOf(device);
      expect(body.lastEventAt).toBe(eventTypes[0].lastEventAt);
      expect(latest?.date).toBe(body.lastEventAt);
      return [eventTypes[0].firstEventAt, body.lastEventAt];
    };

    expect(await endsOf()).toEqual([toDate(-250), toDate(249)]);
    await erase(device, between(240, 250));
    expect(await endsOf()).toEqual([toDate(-250), toDate(239)]);
    await erase(device, between(150, 250));
    await erase(device, between(-250, -100));
    expect(await endsOf()).toEqual([toDate(-100), toDate(149)]);
    await erase(device, between(0, 86_400));
    expect(await endsOf()).toEqual([toDate(-100), toDate(-1)]);
    await erase(device, between(-86_400, 86_400));
    expect(await endsOf()).toEqual([undefined, undefined]);
    await send(device, [toSent(3)]);
    expect(await endsOf()).toEqual([toDate(3), toDate(3)]);
  });

  it('entity tags change, and summaries are true', async () => {
    const device = randomUUID();
    await send(device, range(0, 450).map(toSent));
    const query = { deviceID: device, eventType: 't', since: toDate(0), until: toDate(3_600) };
    const paths = [
      ['/events', { ...query, limit: '5', order: 'asc' }],
      ['/events', { ...query, limit: '5' }],
      ['/events', { ...query, limit: '10000' }],
      ['/events/summary', { ...query, interval: 'PT15M' }],
      ['/events/summary', { ...query, interval: 'PT7M', pointer: '' }],
    ] as const;
    const getAll = () => Promise.all(paths.map(([path, each]) => ask('GET', path, each)));
    const summarize = async () =>
      (await ask('GET', '/events/summary', { ...query, interval: 'PT15M' })).body.intervals;
    // The second one finds statistics.
    await summarize();
    await summarize();
    for (const [from, to] of [
      [3, 4],
      [0, 200],
      [447, 449],
    ] as const) {
      const before = await getAll();

      await erase(device, between(from, to));

      for (const [index, after] of (await getAll()).entries()) {
        const [path, each] = paths[index] ?? ['', {}];
        const headers = { 'if-none-match': String(before[index]?.headers.ETag) };
        const { status } = await ask('GET', path, each, { headers });
        const isSame = JSON.stringify(after.body) === JSON.stringify(before[index]?.body);
        // Where another event of its buckets was deleted, a page that is the same may have another tag.
        if (!isSame) expect([path, each, status]).toEqual([path, each, 200]);
      }
      const left = (await valuesOf(device)) as number[];
      for (const _ of [0, 1]) {
        expect(await summarize()).toMatchObject([
          {
            count: left.length,
            min: Math.min(...left),
            max: Math.max(...left),
            sum: left.reduce((sum, value) => sum + value, 0),
            firstValue: left[0],
            lastValue: left.at(-1),
          },
        ]);
      }
    }
  });

  it('cursors go on where they were', async () => {
    for (const order of ['asc', 'desc']) {
      const device = randomUUID();
      const seconds = range(-300, 300);
      await send(device, seconds.map(toSent));
      const found: unknown[] = [];
      let cursor: string | undefined;
      let pages = 0;
      do {
        const query = { order, limit: '70', ...(cursor && { cursor }) };
        const page = await read(device, query);
        found.push(...page.events.map(({ value }: Schemas['Event']) => value));
        cursor = page.nextCursor;
        pages += 1;
        // Behind the cursor, around it, and before it.
        if (pages === 2) await erase(device, between(-200, 200));
      } while (cursor);

      const ordered = order === 'asc' ? seconds : seconds.toReversed();
      const isLeft = (second: number) => second < -200 || second >= 200;
      expect(found).toEqual(ordered.filter((second, index) => index < 140 || isLeft(second)));
    }
  });
});

describe('a deletion of more than one request deletes', () => {
  const DAY_MS = 86_400_000;
  /** A bucket of one event on each of many days, as the service stores them. */
  const store = async (deviceID: string, count: number): Promise<void> => {
    const buckets = Array.from({ length: count }, (_, day) => {
      const date = new Date(MIDNIGHT - day * DAY_MS);
      const events = [{ date, at: 1, value: day }];
      return { deviceID, eventType: 't', date, seq: 0, count: 1, first: date, last: date, events };
    });
    for (let from = 0; from < count; from += 500) {
      await database.buckets.insertMany(buckets.slice(from, from + 500));
    }
  };

  it.each([
    ['a range', { since: '1990-01-01T00:00:00Z', until: '2027-01-01T00:00:00Z' }],
    ['a type', {}],
  ])(
    'goes on with %s each time it is repeated, and says so',
    { tags: 'long' },
    async (_, query) => {
      const device = randomUUID();
      await store(device, 2_001);
      const count = async () => (await erase(device, { ...query, dryRun: 'true' })).body.count;
      let left: number = await count();
      expect(left).toBe(2_001);

      let repeated = 0;
      for (;;) {
        const { status, headers, body } = await erase(device, query);
        if (status === 204) break;
        repeated += 1;
        expect([status, headers['Retry-After']]).toEqual([503, '1']);
        expect(body.type).toBe('/problems/deletion-unfinished');
        const [, deleted] =
          /^(\d+) events were deleted, and there are more/.exec(body.detail) ?? [];
        // As many as it may, unless the time is up.
        expect(Number(deleted)).toBeGreaterThan(0);
        left -= Number(deleted);
        expect(await count()).toBe(left);
      }

      expect(repeated).toBeGreaterThan(0);
      expect(await count()).toBe(0);
    },
  );
});

describe('a range that is deleted while events arrive', () => {
  it('loses no event outside, and none that comes after it', async () => {
    for (let round = 0; round < 3; round += 1) {
      const device = randomUUID();
      const before = range(0, 500);
      await send(device, before.map(toSent));
      // Every other second is in the range; none is there yet.
      const beside = range(0, 600).map((nth) => ({
        date: toDate(nth % 2 ? nth : 5_000 + nth),
        value: `beside ${nth}`,
      }));
      const writing = Promise.all([
        send(device, beside.slice(0, 300), 0),
        send(device, beside.slice(300), 1),
      ]);
      await sleep(Math.random() * 30);
      expect((await erase(device, between(0, 1_000), round % 2)).status).toBe(204);
      const outcomes = (await writing).flat();

      expect(new Set(outcomes)).toEqual(new Set(['created']));
      const values = new Set(await valuesOf(device));
      const outside = beside.filter((_, nth) => nth % 2 === 0);
      expect(outside.filter(({ value }) => !values.has(value))).toEqual([]);
      expect(before.filter((second) => values.has(second))).toEqual([]);

      const again = [...before.map(toSent), ...beside];
      const expected = again.map(({ value }) => (values.has(value) ? 'duplicate' : 'created'));
      expect(await send(device, again, 1)).toEqual(expected);
      expect((await valuesOf(device)).length).toBe(again.length);
    }
  });

  it('takes deletions of two ranges, and of all, at once', async () => {
    const device = randomUUID();
    const sent = range(0, 900).map((second) => ({ ...toSent(second), id: `i${second}` }));
    await send(device, sent);

    const replies = await Promise.all([
      erase(device, between(0, 500), 0),
      erase(device, between(300, 899), 1),
      erase(device, between(100, 400), 1),
    ]);

    expect(replies.map(({ status }) => status)).toEqual([204, 204, 204]);
    expect(await valuesOf(device)).toEqual([899]);
    await Promise.all([
      erase(device, between(0, 900)),
      ask('DELETE', `/devices/${device}`, {}, { at: 1 }),
    ]);
    expect(await valuesOf(device)).toEqual([]);
    expect(await send(device, sent, 1)).toEqual(sent.map(() => 'created'));
    expect(await valuesOf(device)).toHaveLength(900);
  });
});
