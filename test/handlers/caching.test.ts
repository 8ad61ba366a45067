import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

const DAY_MS = 86_400_000;
const database = useDatabase();
const lambda = createApiHandler(database.client);
const closing = createApiHandler(database.client, { lateDays: 2, retentionDays: 30 });

const device = () => ({ deviceID: randomUUID(), eventType: 'reading' });

const send = (body: object, path = '/events', to = lambda) =>
  to(
    proxyEvent({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );

const read = (query: Record<string, string>, headers: Record<string, string> = {}, from = lambda) =>
  from(proxyEvent({ query, headers }));

const etag = ({ headers }: APIGatewayProxyResult): string => String(headers?.ETag);
/** A tag of the same request that names another number of buckets. */
const withBuckets = (tag: string, buckets: number): string =>
  tag.replace(/^"[0-9a-z]+/, `"${buckets.toString(36)}`);
const cacheControl = ({ headers }: APIGatewayProxyResult) => headers?.['Cache-Control'];

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

describe('a range that may still change', () => {
  it('is asked for each time, and costs no events while it is the same', async () => {
    const key = device();
    await send({ ...key, date: '2026-05-05T12:00:00Z', value: 1 });
    const query = { ...key, date: '2026-05-05' };
    const commands: string[] = [];
    const watched = database.connectAgain();
    watched.on('commandStarted', ({ command }) =>
      commands.push(JSON.stringify(command.projection)),
    );

    const first = await read(query);
    const again = await read(query, { 'if-none-match': etag(first) }, createApiHandler(watched));

    expect(cacheControl(first)).toBe('private, no-cache');
    expect([again.statusCode, again.body, etag(again)]).toEqual([304, '', etag(first)]);
    expect(again.headers).toMatchObject({ Vary: 'Accept', 'Cache-Control': 'private, no-cache' });
    expect(commands.filter(Boolean)).toEqual(['{"count":1}']);
  });

  it.each(['W/"an older one", %s', '*'])(
    'is told as unchanged to If-None-Match: %s',
    async (form) => {
      const query = { ...device(), date: '2026-05-05' };
      const condition = form.replace('%s', etag(await read(query)));

      expect((await read(query, { 'If-None-Match': condition })).statusCode).toBe(304);
    },
  );

  it.each([
    ['third', 2, [false]],
    ['fourth', 3, [false, true]],
  ])('is compared with three tags: events are read if the %s is its own', async (_, nth, reads) => {
    const query = { ...device(), date: '2026-05-05' };
    const tag = etag(await read(query));
    const others = Array.from({ length: nth }, (_, other) => withBuckets(tag, other + 2));
    const watched = database.connectAgain();
    const readsEvents: boolean[] = [];
    watched.on('commandStarted', ({ commandName, command }) => {
      if (commandName === 'find') readsEvents.push('events' in command.projection);
    });

    const condition = [...others, tag].join(', ');
    const from = createApiHandler(watched);
    const { statusCode } = await read(query, { 'If-None-Match': condition }, from);

    expect(statusCode).toBe(304);
    expect(readsEvents).toEqual(reads);
  });

  it('is another once an event is in it, and once all are deleted', async () => {
    const key = device();
    const query = { ...key, from: '2026-05-05T00:00:00Z' };
    const none = await read(query);
    await send({ ...key, date: '2026-05-05T12:00:00Z' });
    const one = await read(query, { 'If-None-Match': etag(none) });
    const path = `/devices/${key.deviceID}`;
    await lambda({ ...proxyEvent({ method: 'DELETE', path }), pathParameters: key });
    const deleted = await read(query, { 'If-None-Match': etag(one) });

    expect([none, one, deleted].map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(JSON.parse(deleted.body)).toEqual([]);
  });

  it.each([
    ['asc', -1],
    ['desc', 200],
  ])('is another once its first event, %s, opens a bucket after a full one', async (order, at) => {
    const key = device();
    const toEvent = (second: number) => ({
      ...key,
      date: new Date(Date.parse('2026-05-05T12:00:00Z') + second * 1_000).toISOString(),
      value: second,
    });
    await send(
      Array.from({ length: 200 }, (_, second) => toEvent(second)),
      '/events/batch',
    );
    const query = { ...key, date: '2026-05-05', order, limit: '1' };
    const before = await read(query);

    await send(toEvent(at));

    const after = await read(query, { 'If-None-Match': etag(before) });
    expect(after.statusCode).toBe(200);
    expect(JSON.parse(after.body)).toMatchObject([{ value: at }]);
  });

  it('has a tag for each format and each page', async () => {
    const key = device();
    const query = { ...key, date: '2026-05-05' };
    await send({ ...key, date: '2026-05-05T12:00:00Z' });
    const tags = await Promise.all([
      read(query),
      read(query, { Accept: 'text/csv' }),
      read({ ...query, limit: '5' }),
      read({ ...query, order: 'asc' }),
    ]);

    expect(new Set(tags.map(etag)).size).toBe(4);
    for (const other of tags.slice(1)) {
      expect((await read(query, { 'If-None-Match': etag(other) })).statusCode).toBe(200);
    }
  });

  it.each(['"zzzz.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"', '"', 'x'.repeat(1_024)])(
    'is read in full for the nonsense %s',
    async (nonsense) => {
      const { statusCode } = await read(
        { ...device(), date: '2026-05-05' },
        { 'If-None-Match': nonsense },
      );
      expect(statusCode).toBe(200);
    },
  );
});

describe('pages while events arrive in any order', () => {
  const key = device();
  const start = Date.parse('2026-05-04T22:00:00Z');
  const toEvent = (minute: number) => ({
    ...key,
    date: new Date(start + minute * 60_000).toISOString(),
    value: minute,
  });
  const requests = ['asc', 'desc'].flatMap((order) =>
    ['10', '100', '1000'].flatMap((limit) => [
      { ...key, order, limit, from: '2026-05-04T00:00:00Z' },
      { ...key, order, limit, date: '2026-05-05' },
      { ...key, order, limit, from: '2026-05-04T23:00:00Z', to: '2026-05-05T01:00:00Z' },
    ]),
  );

  beforeAll(async () => {
    const minutes = Array.from({ length: 500 }, (_, index) => ((index * 389) % 500) * 2);
    for (const minute of minutes) await send(toEvent(minute));
  });

  it('are never told as unchanged once they are not', async () => {
    let unchanged = 0;
    for (const minute of [1, 121, 123, 479, 999, 1_500]) {
      const before = await Promise.all(requests.map((query) => read(query)));
      await send(toEvent(minute));
      const after = await Promise.all(requests.map((query) => read(query)));
      for (const [index, query] of requests.entries()) {
        const [old, now] = [before[index], after[index]];
        if (!old || !now) continue;
        const { statusCode } = await read(query, { 'If-None-Match': etag(old) });
        const isSame = old.body === now.body && old.headers?.Link === now.headers?.Link;
        if (statusCode === 304) expect([minute, query, isSame]).toEqual([minute, query, true]);
        if (statusCode === 304) unchanged += 1;
      }
    }
    expect(unchanged).toBeGreaterThan(10);
  });
});

describe('a closed range', () => {
  it('takes no event any more, and need not be asked for again for up to a week', async () => {
    const key = device();
    await send({ ...key, date: daysAgo(5) });
    const late = await send({ ...key, date: daysAgo(2.1) }, '/events', closing);
    const query = { ...key, from: daysAgo(6), to: daysAgo(2.1) };
    const closed = await read(query, {}, closing);

    expect(JSON.parse(late.body)).toMatchObject({
      type: '/problems/clock-skew',
      errors: [{ pointer: '/date', detail: 'is older than the 2 days that events may be late' }],
    });
    expect(JSON.parse(closed.body)).toHaveLength(1);
    expect(cacheControl(closed)).toBe('private, max-age=604800');
    expect(etag(closed)).toMatch(/^"/);
    const again = await read(query, { 'If-None-Match': etag(closed) }, closing);
    expect([again.statusCode, cacheControl(again)]).toEqual([304, 'private, max-age=604800']);
  });

  it.each([
    ['that reaches into days that are not', { from: daysAgo(6), to: daysAgo(1.9) }],
    ['without an end', { from: daysAgo(6) }],
    ['whose events are about to be deleted', { from: daysAgo(31), to: daysAgo(3) }],
  ])('is none %s', async (_, range) => {
    expect(cacheControl(await read({ ...device(), ...range }, {}, closing))).toBe(
      'private, no-cache',
    );
  });

  it('is closed a minute late, since an event accepted in time is stored a moment later', async () => {
    const closedFor = (seconds: number) => ({
      from: daysAgo(6),
      to: new Date(Date.now() - 2 * DAY_MS - seconds * 1_000).toISOString(),
    });
    const [early, late] = await Promise.all(
      [1, 61].map((seconds) => read({ ...device(), ...closedFor(seconds) }, {}, closing)),
    );

    expect(early && cacheControl(early)).toBe('private, no-cache');
    expect(late && cacheControl(late)).toBe('private, max-age=604800');
  });

  it('is not kept for longer than its events are', async () => {
    const range = { from: daysAgo(27), to: daysAgo(3) };
    const [, seconds] =
      /max-age=(\d+)/.exec(
        String(cacheControl(await read({ ...device(), ...range }, {}, closing))),
      ) ?? [];

    expect(Number(seconds)).toBeGreaterThan((3 * DAY_MS) / 1_000 - 60);
    expect(Number(seconds)).toBeLessThanOrEqual((3 * DAY_MS) / 1_000);
  });

  it('does not exist where events may be as late as they like', async () => {
    const range = { from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' };

    expect(cacheControl(await read({ ...device(), ...range }))).toBe('private, no-cache');
  });
});
