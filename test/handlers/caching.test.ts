import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { connect } from '../../src/database/connect.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import type { ProxyRequest } from '../harness/proxy-event.ts';
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
  tag.replace(/^W\/"[0-9a-z]+/, `W/"${buckets.toString(36)}`);
/** A handler, and of each of its queries whether it reads events. */
const watch = () => {
  const client = database.connectAgain();
  const readsEvents: boolean[] = [];
  client.on('commandStarted', ({ commandName, command }) => {
    if (commandName === 'find') readsEvents.push('events' in command.projection);
  });
  return { from: createApiHandler(client), readsEvents };
};
const cacheControl = ({ headers }: APIGatewayProxyResult) => headers?.['Cache-Control'];

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

describe('an If-None-Match that is too long', () => {
  it('is named as the contract names it', async () => {
    const query = { ...device(), date: '2026-05-05' };
    const { statusCode, body } = await read(query, { 'if-none-match': 'x'.repeat(1_025) });

    expect(statusCode).toBe(400);
    expect(JSON.parse(body).errors).toEqual([
      { code: 'too-long', parameter: 'If-None-Match', detail: 'must be at most 1024 characters' },
    ]);
  });
});

describe('a range that may still change', () => {
  it('is asked for each time, and costs no events while it is the same', async () => {
    const key = device();
    await send({ ...key, date: '2026-05-05T12:00:00Z', value: 1 });
    const query = { ...key, date: '2026-05-05' };
    const projections: object[] = [];
    const watched = database.connectAgain();
    watched.on('commandStarted', ({ command }) => {
      if (command.projection) projections.push(command.projection);
    });

    const first = await read(query);
    const again = await read(query, { 'if-none-match': etag(first) }, createApiHandler(watched));

    expect(cacheControl(first)).toBe('private, no-cache');
    expect([again.statusCode, again.body, etag(again)]).toEqual([304, '', etag(first)]);
    expect(again.headers).toMatchObject({
      Vary: 'Accept, Accept-Encoding',
      'Cache-Control': 'private, no-cache',
    });
    expect(projections).toEqual([expect.not.objectContaining({ events: 1 })]);
  });

  // What proxies make of a tag: Apache appends `-gzip`, others `;gzip`, and some drop or add the `W/`.
  it.each([
    'W/"%s"',
    '"%s"',
    'W/"%s-gzip"',
    '"%s-gzip"',
    'W/"%s;gzip"',
    'W/"%s-br"',
    'W/"an older one", W/"%s"',
    '"an older one","%s-gzip" , "another"',
    '*',
    ' * ',
  ])('is told as unchanged to If-None-Match: %s', async (form) => {
    const query = { ...device(), date: '2026-05-05' };
    const [, opaque = ''] = /^W\/"(.+)"$/.exec(etag(await read(query))) ?? [];
    expect(opaque).not.toBe('');

    const { statusCode, headers } = await read(query, {
      'If-None-Match': form.replace('%s', opaque),
    });

    expect([statusCode, headers?.ETag]).toEqual([304, `W/"${opaque}"`]);
  });

  it('finds its tag behind the three that are looked up', async () => {
    const [query, other] = [device(), device()].map((each) => ({ ...each, date: '2026-05-05' }));
    const own = etag(await read(query ?? {}));
    const others = [1, 2, 3, 4].map((limit) => ({ ...other, limit: String(limit) }));
    const tags = await Promise.all(others.map(async (each) => etag(await read(each))));
    const stale = own.replace(/[\w-]{22}(?=[\w-]{8}"$)/, 'A'.repeat(22));

    const condition = [...tags, stale, stale, stale, stale, own].join(', ');

    expect((await read(query ?? {}, { 'If-None-Match': condition })).statusCode).toBe(304);
  });

  it.each([
    ['third', 2, [false]],
    ['fourth', 3, [false, true]],
  ])('is compared with three tags: events are read if the %s is its own', async (_, nth, reads) => {
    const query = { ...device(), date: '2026-05-05' };
    const tag = etag(await read(query));
    const others = Array.from({ length: nth }, (_, other) => withBuckets(tag, other + 2));
    const { from, readsEvents } = watch();

    const condition = [...others, tag].join(', ');
    const { statusCode } = await read(query, { 'If-None-Match': condition }, from);

    expect(statusCode).toBe(304);
    expect(readsEvents).toEqual(reads);
  });

  it('is another once an event is in it, and once all are deleted', async () => {
    const key = device();
    const query = { ...key, since: '2026-05-05T00:00:00Z' };
    const none = await read(query);
    await send({ ...key, date: '2026-05-05T12:00:00Z' });
    const one = await read(query, { 'If-None-Match': etag(none) });
    const path = `/devices/${key.deviceID}`;
    await lambda({ ...proxyEvent({ method: 'DELETE', path }), pathParameters: key });
    const deleted = await read(query, { 'If-None-Match': etag(one) });

    expect([none, one, deleted].map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(JSON.parse(deleted.body)).toEqual({ events: [] });
  });

  const toSecond = (key: object, second: number) => ({
    ...key,
    date: new Date(Date.parse('2026-05-05T12:00:00Z') + second * 1_000).toISOString(),
    value: second,
  });

  it.each([
    ['before its first event', 'asc', -1],
    ['between its events', 'asc', 4.5],
    ['before its first event', 'desc', 200],
    ['between its events', 'desc', 194.5],
  ])('is another once an event %s, %s, opens a bucket after a full one', async (_, order, at) => {
    const key = device();
    const events = Array.from({ length: 200 }, (_, second) => toSecond(key, second));
    await send({ events }, '/events/batch');
    const query = { ...key, date: '2026-05-05', order, limit: '10' };
    const before = await read(query);

    await send(toSecond(key, at));

    const after = await read(query, { 'If-None-Match': etag(before) });
    expect(after.statusCode).toBe(200);
    expect(JSON.parse(after.body).events).toContainEqual(toSecond(key, at));
  });

  it('is told as unchanged without reading events once a bucket opens behind it', async () => {
    const key = device();
    const events = Array.from({ length: 400 }, (_, second) => toSecond(key, second));
    await send({ events }, '/events/batch');
    const query = { ...key, date: '2026-05-05', order: 'asc', limit: '10' };
    const before = await read(query);
    await send(toSecond(key, 400));
    const { from, readsEvents } = watch();

    const after = await read(query, { 'If-None-Match': etag(before) }, from);

    expect([after.statusCode, readsEvents.includes(true)]).toEqual([304, false]);
  });

  it('has a tag for each page', async () => {
    const key = device();
    const query = { ...key, date: '2026-05-05' };
    await send({ ...key, date: '2026-05-05T12:00:00Z' });
    const tags = await Promise.all([
      read(query),
      read({ ...key, since: '2026-05-05T00:00:00Z' }),
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
      { ...key, order, limit, since: '2026-05-04T00:00:00Z' },
      { ...key, order, limit, date: '2026-05-05' },
      { ...key, order, limit, since: '2026-05-04T23:00:00Z', until: '2026-05-05T01:00:00Z' },
    ]),
  );

  beforeAll(async () => {
    const minutes = Array.from({ length: 500 }, (_, index) => ((index * 389) % 500) * 2);
    for (const minute of minutes) await send(toEvent(minute));
  });

  it('are never told as unchanged once they are not', { tags: ['long', 'engine'] }, async () => {
    let unchanged = 0;
    for (const minute of [1, 121, 123, 479, 999, 1_500]) {
      const before = await Promise.all(requests.map((query) => read(query)));
      await send(toEvent(minute));
      const after = await Promise.all(requests.map((query) => read(query)));
      for (const [index, query] of requests.entries()) {
        const [old, now] = [before[index], after[index]];
        if (!old || !now) continue;
        const { statusCode } = await read(query, { 'If-None-Match': etag(old) });
        const isSame = old.body === now.body;
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
    const query = { ...key, since: daysAgo(6), until: daysAgo(2.1) };
    const closed = await read(query, {}, closing);

    expect(JSON.parse(late.body)).toMatchObject({
      type: '/problems/clock-skew',
      errors: [
        {
          code: 'too-old',
          pointer: '/date',
          detail: 'is older than the 2 days that events may be late',
        },
      ],
    });
    expect(JSON.parse(closed.body).events).toHaveLength(1);
    expect(cacheControl(closed)).toBe('private, max-age=604800');
    expect(etag(closed)).toMatch(/^W\/"/);
    const again = await read(query, { 'If-None-Match': etag(closed) }, closing);
    expect([again.statusCode, cacheControl(again)]).toEqual([304, 'private, max-age=604800']);
  });

  it.each([
    ['that reaches into days that are not', { since: daysAgo(6), until: daysAgo(1.9) }],
    ['without an end', { since: daysAgo(6) }],
    ['whose events are about to be deleted', { since: daysAgo(31), until: daysAgo(3) }],
  ])('is none %s', async (_, range) => {
    expect(cacheControl(await read({ ...device(), ...range }, {}, closing))).toBe(
      'private, no-cache',
    );
  });

  it('is closed a minute late, since an event accepted in time is stored a moment later', async () => {
    const closedFor = (seconds: number) => ({
      since: daysAgo(6),
      until: new Date(Date.now() - 2 * DAY_MS - seconds * 1_000).toISOString(),
    });
    const [early, late] = await Promise.all(
      [1, 61].map((seconds) => read({ ...device(), ...closedFor(seconds) }, {}, closing)),
    );

    expect(early && cacheControl(early)).toBe('private, no-cache');
    expect(late && cacheControl(late)).toBe('private, max-age=604800');
  });

  it('is not kept for longer than its events are', async () => {
    const range = { since: daysAgo(27), until: daysAgo(3) };
    const [, seconds] =
      /max-age=(\d+)/.exec(
        String(cacheControl(await read({ ...device(), ...range }, {}, closing))),
      ) ?? [];

    expect(Number(seconds)).toBeGreaterThan((3 * DAY_MS) / 1_000 - 60);
    expect(Number(seconds)).toBeLessThanOrEqual((3 * DAY_MS) / 1_000);
  });

  it('does not exist where events may be as late as they like', async () => {
    const range = { since: '2020-01-01T00:00:00Z', until: '2020-01-02T00:00:00Z' };

    expect(cacheControl(await read({ ...device(), ...range }))).toBe('private, no-cache');
  });
});

describe('any other reply', () => {
  const key = device();
  const range = { since: '2026-05-05T00:00:00Z', until: '2026-05-06T00:00:00Z' };
  const json = { 'content-type': 'application/json' };
  const body = JSON.stringify({ ...key, date: '2026-05-05T12:00:00Z' });
  const NO_CACHE = 'private, no-cache';
  const VARY = 'Accept, Accept-Encoding';

  it.each<[string, ProxyRequest, number, string, string | undefined]>([
    ['a list', { query: { ...key, ...range } }, 200, NO_CACHE, VARY],
    ['the latest', { path: '/events/latest', query: key }, 200, NO_CACHE, VARY],
    ['an export', { path: '/events/export', query: { ...key, ...range } }, 200, NO_CACHE, VARY],
    [
      'a summary',
      { path: '/events/summary', query: { ...key, ...range, interval: 'P1D' } },
      200,
      NO_CACHE,
      VARY,
    ],
    ['the health', { path: '/health' }, 200, NO_CACHE, VARY],
    ['the readiness', { path: '/health/ready' }, 200, NO_CACHE, VARY],
    ['a new event', { method: 'POST', headers: json, body }, 201, 'no-store', undefined],
    ['a duplicate', { method: 'POST', headers: json, body }, 200, 'no-store', undefined],
    [
      'a batch',
      { method: 'POST', path: '/events/batch', headers: json, body: `{"events":[${body}]}` },
      207,
      'no-store',
      undefined,
    ],
    [
      'a deletion',
      { method: 'DELETE', path: `/devices/${key.deviceID}` },
      204,
      'no-store',
      undefined,
    ],
    ['a bad request', { query: { ...key, date: 'today' } }, 400, 'no-store', undefined],
    ['a missing key', { query: key, apiKeyId: null }, 403, 'no-store', undefined],
    ['an unknown path', { path: '/nowhere' }, 404, 'no-store', undefined],
    ['another method', { method: 'PUT' }, 405, 'no-store', undefined],
  ])('says who may keep it: %s', async (_, request, status, control, vary) => {
    const reply = await lambda(proxyEvent(request));

    expect([reply.statusCode, cacheControl(reply), reply.headers?.Vary]).toEqual([
      status,
      control,
      vary,
    ]);
  });

  it('is not kept either where the database does not answer', { tags: 'long' }, async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const lost = connect('mongodb://127.0.0.1:9/test_none');
    const query = { ...key, date: '2020-01-01' };
    const reply = await read(query, {}, createApiHandler(lost, { lateDays: 2 }));
    await lost.close();

    expect([reply.statusCode, cacheControl(reply)]).toEqual([503, 'no-store']);
    expect(reply.headers).not.toHaveProperty('ETag');
  });
});

describe('a summary', () => {
  const path = '/events/summary';
  const ask = (query: Record<string, string>, headers: Record<string, string> = {}, to = lambda) =>
    to(proxyEvent({ path, query, headers }));
  const toQuery = (days: number) => ({
    ...device(),
    since: daysAgo(days + 1),
    until: daysAgo(days),
    interval: 'PT1H',
  });

  it('is told as unchanged from the state of its buckets alone', async () => {
    const { deviceID, eventType, ...range } = toQuery(0);
    const key = { deviceID, eventType };
    await send({ ...key, date: daysAgo(0.5), value: 1 });
    const first = await ask({ ...key, ...range });
    const projections: string[] = [];
    const watched = database.connectAgain();
    watched.on('commandStarted', ({ command }) =>
      projections.push(JSON.stringify(command.projection)),
    );
    const tag = { 'If-None-Match': etag(first) };

    const again = await ask({ ...key, ...range }, tag, createApiHandler(watched));
    const otherInterval = await ask({ ...key, ...range, interval: 'PT2H' }, tag);
    await send({ ...key, date: daysAgo(0.4), value: 'no number' });
    const after = await ask({ ...key, ...range }, tag);
    const list = await read({ ...key, since: range.since, until: range.until }, tag);

    expect([first.statusCode, cacheControl(first)]).toEqual([200, 'private, no-cache']);
    expect([again.statusCode, again.body, etag(again)]).toEqual([304, '', etag(first)]);
    expect(projections.filter(Boolean)).toEqual(['{"count":1,"edits":1}']);
    expect([otherInterval, after, list].map(({ statusCode }) => statusCode)).toEqual([
      200, 200, 200,
    ]);
    expect((await ask({ ...key, ...range }, { 'If-None-Match': '*' })).statusCode).toBe(304);
  });

  it('of a closed range may be kept without asking, until its events are deleted', async () => {
    const found = [1, 5, 29.5].map((days) => ask(toQuery(days), {}, closing));

    const [open, closed, ending] = (await Promise.all(found)).map((reply) => cacheControl(reply));

    expect(open).toBe('private, no-cache');
    expect(closed).toBe('private, max-age=604800');
    expect(ending).toBe('private, no-cache');
  });
});
