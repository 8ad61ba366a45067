import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { components } from '../../generated/openapi.ts';
import { collectionOf } from '../../src/events/bucket.ts';
import { createEventStore } from '../../src/events/event-store.ts';
import { useDatabase } from '../harness/database.ts';
import { API_KEY, useLocalService } from '../harness/local-service.ts';

type Event = components['schemas']['Event'];
type EventPage = components['schemas']['EventPage'];

const service = useLocalService();
const DEVICE = { deviceID: randomUUID(), eventType: 'late-and-early' };
const START = Date.parse('2026-05-05T20:00:00Z');
const COUNT = 1_500;
const MINUTE = 60_000;

/** A minute apart over more than a day, in an order as bad as it gets; twice at each hundredth instant. */
const dates = Array.from({ length: COUNT }, (_, index) => {
  const shuffled = (index * 7919) % COUNT;
  return new Date(
    START + Math.floor(shuffled - (shuffled % 100 === 1 ? 1 : 0)) * MINUTE,
  ).toISOString();
});

const headers = { 'content-type': 'application/json', 'x-api-key': API_KEY };

const post = (date: string, value: unknown) =>
  fetch(`${service.url()}/events`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ ...DEVICE, date, value }),
  });

const get = (query: Record<string, string>, path = '/events') =>
  fetch(`${service.url()}${path}?${new URLSearchParams({ ...DEVICE, ...query })}`, { headers });

/** Follows the cursors to the last page; tells how many events each page has. */
async function readAll(query: Record<string, string>, onPage = async (): Promise<unknown> => 0) {
  const events: Event[] = [];
  const sizes: number[] = [];
  let response = await get(query);
  for (;;) {
    const page = (await response.json()) as EventPage;
    events.push(...page.events);
    sizes.push(page.events.length);
    expect(response.headers.get('link')).toBeNull();
    const { nextCursor: cursor } = page;
    if (cursor === undefined) return { events, sizes };
    await onPage();
    response = await get({ ...query, cursor });
  }
}

beforeAll(async () => {
  for (let index = 0; index < COUNT; index += 50) {
    const part = dates.slice(index, index + 50);
    const events = part.map((date, offset) => ({ ...DEVICE, date, value: index + offset }));
    const response = await fetch(`${service.url()}/events/batch`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ events }),
    });
    expect(response.status).toBe(207);
  }
});

const sorted = (sign: number) => [...dates].sort((a, b) => sign * (Date.parse(a) - Date.parse(b)));

describe('a range of events', () => {
  const whole = { since: '2026-05-05T00:00:00Z' };

  it.each([
    ['desc', '1000', [1000, 500]],
    ['desc', '10000', [1500]],
    ['asc', '700', [700, 700, 100]],
  ])('comes %s in pages of %s, each event once', async (order, limit, pages) => {
    const { events, sizes } = await readAll({ ...whole, order, limit });

    expect(sizes).toEqual(pages);
    expect(events.map(({ date }) => date)).toEqual(sorted(order === 'asc' ? 1 : -1));
    expect(new Set(events.map(({ value }) => value)).size).toBe(COUNT);
  });

  it('is the reverse the other way round, also of one instant', async () => {
    const desc = await readAll({ ...whole, limit: '37' });
    const asc = await readAll({ ...whole, limit: '113', order: 'asc' });

    expect(asc.events.reverse()).toEqual(desc.events);
  });

  it('begins with its first instant and ends before its last', async () => {
    const since = new Date(START + 30 * MINUTE).toISOString();
    const until = new Date(START + 33 * MINUTE).toISOString();

    const { events } = await readAll({ since, until });

    expect(events.map(({ date }) => Date.parse(date))).toEqual(
      [32, 31, 30].map((minute) => START + minute * MINUTE),
    );
  });

  it('may be a day, which pages the same way', async () => {
    const { events, sizes } = await readAll({ date: '2026-05-06' });

    expect(sizes).toEqual([1000, 260]);
    expect(events).toHaveLength(sorted(1).filter((date) => date.startsWith('2026-05-06')).length);
  });

  it.each(['asc', 'desc'])('stays whole while events arrive (%s)', async (order) => {
    let arrived = 0;
    const onPage = () => {
      arrived += 1;
      const date = new Date(START + ((arrived * 373) % COUNT) * MINUTE + 1).toISOString();
      return post(date, `${order} ${arrived}`);
    };

    const { events } = await readAll({ ...whole, order, limit: '100' }, onPage);

    const known = events.map(({ value }) => value).filter((value) => typeof value === 'number');
    expect(known).toHaveLength(COUNT);
    expect(new Set(events.map(({ value }) => value)).size).toBe(events.length);
    expect(arrived).toBeGreaterThanOrEqual(14);
  });

  it.each([
    [{}, 'required', 'date'],
    [{ until: '2026-05-05T00:00:00Z' }, 'required', 'date'],
    [{ date: '2026-05-05', since: '2026-05-05T00:00:00Z' }, 'excluded', 'date'],
    [{ date: '2026-05-05', until: '2026-05-05T00:00:00Z' }, 'excluded', 'date'],
    [{ since: '2026-05-05T00:00:00Z', until: '2026-05-05T00:00:00Z' }, 'empty-range', 'until'],
    [{ since: '2026-05-05T01:00:00Z', until: '2026-05-05T02:30:00+02:00' }, 'empty-range', 'until'],
    [{ since: '2026-05-05' }, 'pattern', 'since'],
    [{ since: '2026-02-30T00:00:00Z' }, 'format', 'since'],
    [{ date: '2026-02-30' }, 'format', 'date'],
    [{ date: '2026-02-30T00:00:00Z' }, 'format', 'date'],
    [{ date: '' }, 'pattern', 'date'],
    [{ date: '2026-05-05', limit: '0' }, 'too-small', 'limit'],
    [{ date: '2026-05-05', limit: '-5' }, 'too-small', 'limit'],
    [{ date: '2026-05-05', limit: '10001' }, 'too-large', 'limit'],
    [{ date: '2026-05-05', limit: '3000000000' }, 'too-large', 'limit'],
    [{ date: '2026-05-05', limit: '99999999999999999999' }, 'too-large', 'limit'],
    [{ date: '2026-05-05', limit: '9'.repeat(309) }, 'too-large', 'limit'],
    [{ date: '2026-05-05', limit: `-${'9'.repeat(309)}` }, 'too-small', 'limit'],
    [{ date: '2026-05-05', order: 'up' }, 'enum', 'order'],
    [{ date: '2026-05-05', cursor: 'nonsense' }, 'invalid-cursor', 'cursor'],
    [{ date: '2026-05-05', cursor: '$' }, 'invalid-cursor', 'cursor'],
    [{ date: '2026-05-05', cursor: '' }, 'invalid-cursor', 'cursor'],
    [{ date: '2026-05-05', cursor: 'x'.repeat(1_000) }, 'invalid-cursor', 'cursor'],
    [{ date: '2026-05-05', from: '2026-05-05T00:00:00Z' }, 'unknown-parameter', 'from'],
  ] as [Record<string, string>, string, string][])(
    'is refused as %j: %s',
    async (query, code, parameter) => {
      const response = await get(query);

      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        type: '/problems/invalid-request',
        errors: [{ code, parameter, detail: expect.any(String) }],
      });
    },
  );

  it.each(['1e3', ' 10', '10 ', '0x10', '+5', '5.0', '1.5', '', '1_000', '٣'])(
    'is refused with a limit that is no whole number in digits: %j',
    async (limit) => {
      const response = await get({ date: '2026-05-05', limit });

      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        errors: [
          {
            code: 'type',
            parameter: 'limit',
            detail: 'must be a whole number from 1 to 10000',
          },
        ],
      });
    },
  );

  it('is refused with the cursor of another', async () => {
    const query = { ...whole, until: '2026-05-06T12:00:00Z', order: 'asc', limit: '10' };
    const page = (await (await get(query)).json()) as EventPage;
    const cursor = page.nextCursor ?? '';
    expect((await get({ ...query, limit: '20', cursor })).status).toBe(200);

    for (const other of [
      { eventType: 'other' },
      { deviceID: randomUUID() },
      { order: 'desc' },
      { since: '2026-05-05T00:00:01Z' },
      { until: '2026-05-06T12:00:01Z' },
    ]) {
      const response = await get({ ...query, ...other, cursor });
      expect([other, response.status]).toEqual([other, 400]);
      expect(await response.json()).toMatchObject({
        errors: [
          {
            code: 'invalid-cursor',
            parameter: 'cursor',
            detail: 'must be the nextCursor of a response to this query',
          },
        ],
      });
    }
    expect((await get({ date: '2026-05-05', order: 'asc', cursor })).status).toBe(400);
  });

  it('is refused with the cursor of another operation, or of the same range by other parameters', async () => {
    const day = { date: '2026-05-05' };
    const range = { since: '2026-05-05T00:00:00Z', until: '2026-05-06T00:00:00Z' };
    const toCursor = async (query: Record<string, string>) =>
      ((await (await get({ ...query, limit: '10' })).json()) as EventPage).nextCursor ?? '';
    const ofDay = await toCursor(day);
    const ofRange = await toCursor(range);
    const oldestFirst = await toCursor({ ...range, order: 'asc' });

    for (const [path, query] of [
      ['/events', { ...day, cursor: ofRange }],
      ['/events', { ...range, cursor: ofDay }],
      ['/events', { ...range, cursor: `${ofRange}=` }],
      ['/events/export', { ...range, cursor: ofRange }],
      ['/events/export', { ...range, cursor: oldestFirst }],
    ] as const) {
      const response = await get(query, path);
      expect([path, query, response.status]).toEqual([path, query, 400]);
      expect(await response.json()).toMatchObject({
        errors: [{ code: 'invalid-cursor', parameter: 'cursor' }],
      });
    }
  });

  it('goes on with its cursor, however its instants and its device are written', async () => {
    const query = { since: '2026-05-05T22:00:00Z', until: '2026-05-06T12:00:00Z', limit: '10' };
    const page = (await (await get(query)).json()) as EventPage;
    const cursor = page.nextCursor ?? '';
    const same = {
      deviceID: DEVICE.deviceID.toUpperCase(),
      since: '2026-05-06 00:00:00.000 0200',
      until: '2026-05-06t12:00:00z',
      order: 'desc',
      limit: '10',
      cursor,
    };

    expect(await (await get(same)).json()).toEqual(await (await get({ ...query, cursor })).json());
  });

  it('ends a page before the 6 MB that a function may answer', { tags: 'long' }, async () => {
    const device = { deviceID: randomUUID(), eventType: 'big' };
    for (let index = 0; index < 400; index += 20) {
      const part = Array.from({ length: 20 }, (_, offset) => index + offset);
      await Promise.all(
        part.map((minute) =>
          fetch(`${service.url()}/events`, {
            method: 'POST',
            headers,
            body: JSON.stringify({
              ...device,
              date: new Date(START + minute * 1000).toISOString(),
              value: 'x'.repeat(16_000),
            }),
          }),
        ),
      );
    }

    const { events, sizes } = await readAll({ ...device, date: '2026-05-05' });

    expect(sizes.length).toBe(2);
    expect(events).toHaveLength(400);
  });
});

describe('reading the newest of a long day', () => {
  const database = useDatabase();

  it('costs what it returns, not what the day has', async () => {
    const client = database.connectAgain();
    const replies: number[] = [];
    client.on('commandSucceeded', ({ commandName, reply }) => {
      const { cursor } = reply as { cursor?: { firstBatch?: unknown[]; nextBatch?: unknown[] } };
      if (commandName === 'find' || commandName === 'getMore')
        replies.push((cursor?.firstBatch ?? cursor?.nextBatch ?? []).length);
    });
    const key = {
      deviceID: randomUUID(),
      eventType: 'long',
      date: new Date('2026-05-05T00:00:00Z'),
    };
    await database.buckets.insertMany(
      Array.from({ length: 60 }, (_, seq) => toFullBucket(key, seq)),
    );

    const { events } = await createEventStore(collectionOf(client)).list({
      ...key,
      from: key.date,
      to: new Date('2026-05-06T00:00:00Z'),
      order: 'desc',
      limit: 1_000,
    });

    expect(events).toHaveLength(1_000);
    expect(replies.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(7);
  });

  function toFullBucket(key: { deviceID: string; eventType: string; date: Date }, seq: number) {
    const at = (index: number) => new Date(key.date.getTime() + (seq * 200 + index) * 1000);
    const events = Array.from({ length: 200 }, (_, index) => ({
      date: at(index),
      at: 0,
      value: index,
    }));
    const floor = seq > 0 && { floor: new Date(at(0).getTime() - 1000) };
    return { ...key, seq, count: 200, first: at(0), last: at(199), ...floor, events };
  }
});
