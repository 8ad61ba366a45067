import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Event, NewEvent } from '../../../clients/typescript/src/index.ts';
import {
  ConnectionError,
  createPageCache,
  ProblemError,
} from '../../../clients/typescript/src/index.ts';
import type { Fault } from './faulty-door.ts';
import { openFaultyDoor } from './faulty-door.ts';
import { QUICK, useDoor } from './use-door.ts';

const DAY_MS = 86_400_000;
const DAY = '2026-05-05';
const INSTANT = 'must be an RFC 3339 date-time that names a real instant';
const { client, direct, door } = useDoor({ lateDays: 400 });

const newEvent = (more: Partial<NewEvent> = {}) => ({
  deviceID: randomUUID(),
  eventType: 'reading',
  date: `${DAY}T12:00:00Z`,
  value: 3,
  ...more,
});
const queryOf = ({ deviceID, eventType }: NewEvent) => ({ deviceID, eventType, date: DAY });
const timeline = (count: number) => {
  const first = newEvent();
  return Array.from({ length: count }, (_, value) => {
    const date = new Date(Date.parse(first.date) + value * 1_000).toISOString();
    return { ...first, date, value };
  });
};
const collect = async (events: AsyncIterable<Event>) => {
  const all = [];
  for await (const event of events) all.push(event);
  return all;
};
const errorOf = (call: Promise<unknown>) =>
  call.then(
    () => expect.fail('The call did not fail'),
    (error) => error,
  );

describe('the operations', () => {
  it('store, read, summarize, export and delete events', async () => {
    const event = newEvent();
    const { deviceID, eventType, date } = event;
    const series = { deviceID, eventType, since: `${DAY}T00:00:00Z` };
    const until = '2026-05-06T00:00:00Z';
    const stored = { deviceID, eventType, date: new Date(date).toISOString(), value: 3 };

    expect(await client().addEvent(event)).toMatchObject({ status: 'created' });
    expect(await client().addEvent(event)).toMatchObject({ status: 'duplicate' });
    expect(await client().addEvents({ events: [event] })).toEqual({
      results: [{ status: 'duplicate' }],
    });
    expect(await client().listLatestEvents({ deviceID })).toEqual({ events: [stored] });
    expect(await client().summarizeEvents({ ...series, until, interval: 'P1D' })).toMatchObject({
      timeZone: 'UTC',
      intervals: [{ count: 1, sum: 3, lastValue: 3 }],
    });
    const zoned = { ...series, until, interval: 'P1D', timeZone: 'Asia/Kathmandu', pointer: '/a' };
    expect(await client().summarizeEvents(zoned)).toEqual({
      timeZone: 'Asia/Kathmandu',
      intervals: [],
    });
    expect(await collect(client().exportEvents(series))).toEqual([stored]);
    await client().deleteDevice(deviceID);
    expect(await client().listEvents(queryOf(event))).toEqual({ events: [] });
  });

  it('count and delete a part, in as many requests as that takes', async () => {
    const event = newEvent();
    const { deviceID, eventType } = event;
    const part = { deviceID, eventType, since: `${DAY}T00:00:00Z`, until: '2026-05-06T00:00:00Z' };
    await client().addEvent(event);

    expect(await client().deleteEvents({ ...part, dryRun: true })).toEqual({ count: 1 });
    expect((await client().listEvents(queryOf(event))).events).toHaveLength(1);
    const unfinished = {
      status: 503,
      headers: { 'content-type': 'application/problem+json' },
      body: JSON.stringify({
        type: '/problems/deletion-unfinished',
        title: 'Deletion unfinished',
        status: 503,
        detail: '400000 events were deleted, and there are more: send the same request again',
        requestId: '1',
      }),
    };
    door().faults.push(...Array(8).fill(unfinished));
    await client({ retry: false }).deleteEvents(part);

    expect(door().faults).toHaveLength(0);
    expect(await client().deleteEvents({ deviceID, eventType, dryRun: true })).toEqual({
      count: 0,
    });
    await expect(
      client().deleteEvents({ deviceID, eventType: 'no such type', dryRun: true }),
    ).rejects.toMatchObject({ status: 400 });
  });

  it('return the date that an event without one gets', async () => {
    const { date: _, ...undated } = newEvent({ id: 'boot-17/4' });

    const { status, date } = await client().addEvent({ ...undated, id: 'boot-17/4' });

    expect(status).toBe('created');
    expect(Math.abs(Date.parse(date ?? '') - Date.now())).toBeLessThan(60_000);
  });

  it('store again what they read', async () => {
    const event = newEvent({ id: 'boot-17/4' });
    await client().addEvent(event);

    const { events } = await client().listEvents(queryOf(event));

    expect(events).toMatchObject([{ id: 'boot-17/4' }]);
    expect(await client().addEvents({ events })).toEqual({ results: [{ status: 'duplicate' }] });
  });

  it('send what the API takes only as an escape, and store again what they read of it', async () => {
    const event = newEvent({ value: { '\ufffd': ['21\ufffdC', '\ud800', 'x'.repeat(2_000)] } });

    expect(await client().addEvent(event)).toMatchObject({ status: 'created' });
    const { events } = await client().listEvents(queryOf(event));
    expect(events).toMatchObject([{ value: event.value }]);
    expect(await client().addEvents({ events })).toEqual({ results: [{ status: 'duplicate' }] });
  });

  it('keep the path of the base URL, and every character of a parameter', async () => {
    const event = newEvent({ eventType: 'a:b-c./_', date: `${DAY}T12:00:00+00:00` });
    await direct().addEvent(event);
    const seen: string[] = [];
    const staged = client({
      baseUrl: `${door().url}/production/`,
      fetch: (url, init) => {
        seen.push(new URL(String(url)).pathname);
        return fetch(String(url).replace('/production', ''), init);
      },
    });

    const { deviceID, eventType, date } = event;
    expect((await staged.listEvents({ deviceID, eventType, since: date })).events).toHaveLength(1);
    expect(seen).toEqual(['/production/events']);
  });

  it('compress a large batch, but not a small event', async () => {
    const events = timeline(1_000);
    let sent: ArrayBuffer | undefined;
    const watching = client({
      fetch: (url, init) => {
        sent = init?.body as ArrayBuffer;
        return fetch(url, init);
      },
    });

    await watching.addEvents({ events });
    expect(door().requests[0]?.headers['content-encoding']).toBe('gzip');
    expect(JSON.parse(gunzipSync(sent as ArrayBuffer).toString())).toEqual({ events });
    expect((await direct().listEvents(queryOf(newEvent(events[0])))).events).toHaveLength(1_000);

    await watching.addEvent(newEvent());
    expect(door().requests[1]?.headers['content-encoding']).toBeUndefined();
  });
});

describe('a request with a temporary error', () => {
  it.each<[string, Fault]>([
    ['a lost request', 'cut'],
    ['a lost response', 'lost reply'],
    ['an incomplete response', 'half a reply'],
    ['the login page of a network', 'login page'],
    ['an empty success', { status: 200 }],
    ['a success of another service', { status: 200, body: '{"ok":true}' }],
    ['429', { status: 429 }],
    ['502', { status: 502, body: '<h1>Bad gateway</h1>' }],
    ['503', { status: 503 }],
    ['504', { status: 504 }],
    ['a redirect', { status: 302, headers: { location: '/health' } }],
  ])('is retried after %s, and stored once', async (_, fault) => {
    const event = newEvent();
    door().faults.push(fault, fault);

    const { status } = await client().addEvent(event);

    expect(door().requests).toHaveLength(3);
    expect(['created', 'duplicate']).toContain(status);
    expect((await direct().listEvents(queryOf(event))).events).toHaveLength(1);
  });

  it('is retried after a success of another operation', async () => {
    const event = newEvent();
    door().faults.push({ status: 200 }, 'none');
    await client().deleteDevice(event.deviceID);
    door().faults.push({ status: 207, body: '{"results":[]}' }, 'none');
    expect(await client().addEvents({ events: [event] })).toEqual({
      results: [{ status: 'created' }],
    });
    door().faults.push({ status: 200, body: '[]' }, 'none');
    expect((await client().listLatestEvents({ deviceID: event.deviceID })).events).toHaveLength(1);

    expect(door().requests).toHaveLength(6);
  });

  it('does not follow a redirect with its key', async () => {
    const elsewhere = await openFaultyDoor(door().url);
    door().faults.push({ status: 307, headers: { location: `${elsewhere.url}/events` } });

    const error = await errorOf(client({ retry: false }).addEvent(newEvent()));
    await elsewhere.close();

    expect(error).toMatchObject({ name: 'ConnectionError' });
    expect(elsewhere.requests).toEqual([]);
  });

  it('stores every acknowledged event exactly once, whatever fails', async () => {
    const events = timeline(40);
    const faults: Fault[] = ['lost reply', 'none', 'cut', 'half a reply', { status: 503 }];
    for (let i = 0; i < 40; i++) door().faults.push(...faults);

    await Promise.all(
      events.map((event) => client({ retry: { ...QUICK, maxTries: 50 } }).addEvent(event)),
    );

    const stored = await collect(
      direct().events({ ...queryOf(newEvent(events[0])), order: 'asc', limit: 7 }),
    );
    expect(stored.map(({ value }) => value)).toEqual(events.map(({ value }) => value));
  });

  it.each([
    ['seconds', () => ({ 'retry-after': '1' })],
    [
      "a date, by the service's clock",
      () => ({
        date: 'Tue, 05 May 2026 12:00:00 GMT',
        'retry-after': 'Tue, 05 May 2026 12:00:01 GMT',
      }),
    ],
  ])('waits as long as Retry-After asks in %s', { tags: 'long' }, async (_, toHeaders) => {
    door().faults.push({ status: 503, headers: toHeaders() });

    await client().addEvent(newEvent());

    const [first, second] = door().requests.map(({ at }) => at);
    expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(990);
    expect(Number(second) - Number(first)).toBeLessThan(3_000);
  });

  it('fails after the maximum number of attempts', async () => {
    door().faults.push('cut', 'cut', 'cut', 'cut');

    const error = await errorOf(client({ retry: { ...QUICK, maxTries: 3 } }).addEvent(newEvent()));

    expect(error).toBeInstanceOf(ConnectionError);
    expect(door().requests).toHaveLength(3);
  });

  it('fails at once if the wait would exceed the deadline', async () => {
    door().faults.push({ status: 429, headers: { 'retry-after': '3600' } });

    const error = await errorOf(client().addEvent(newEvent()));

    expect(error).toMatchObject({ name: 'ProblemError', status: 429, retryAfterMs: 3_600_000 });
    expect(door().requests).toHaveLength(1);
  });

  it('waits longer each time, up to the bound, for random times', { tags: 'long' }, async () => {
    const delays: number[] = [];
    for (let i = 0; i < 12; i++) {
      door().requests.length = 0;
      door().faults.push('cut', 'cut', 'cut');
      await client({ retry: { baseDelayMs: 40, maxDelayMs: 80 } }).addEvent(newEvent());
      const [, second = 0, third = 0, fourth = 0] = door().requests.map(({ at }) => at);
      delays.push(third - second, fourth - third);
    }

    // Random waits of up to 80 ms, and the delays of a busy machine.
    expect(Math.max(...delays)).toBeGreaterThan(45);
    expect(Math.min(...delays)).toBeLessThan(40);
    expect(new Set(delays.map((delay) => Math.round(delay / 4))).size).toBeGreaterThan(5);
  });

  it('is not retried with `retry: false`', async () => {
    door().faults.push('cut');

    expect(await errorOf(client().addEvent(newEvent(), { retry: false }))).toBeInstanceOf(
      ConnectionError,
    );
    expect(door().requests).toHaveLength(1);
  });
});

describe('the time of a call', () => {
  it('is limited per attempt', async () => {
    door().faults.push('silence');

    expect(await client({ timeoutMs: 200 }).addEvent(newEvent())).toMatchObject({
      status: 'created',
    });
    expect(door().requests).toHaveLength(2);
  });

  it.each(['call', 'client'])('ends with the signal of the %s during an attempt', async (whose) => {
    door().faults.push('silence');
    const stop = new AbortController();
    const signal = { signal: stop.signal };

    const call =
      whose === 'call'
        ? client().addEvent(newEvent(), signal)
        : client(signal).addEvent(newEvent());
    await expect.poll(() => door().requests.length).toBe(1);
    stop.abort(new Error('enough'));

    expect(await errorOf(call)).toBe(stop.signal.reason);
    expect(door().requests).toHaveLength(1);
  });

  it('ends with the signal between two attempts', async () => {
    door().faults.push({ status: 503, headers: { 'retry-after': '30' } });
    const stop = new AbortController();

    const call = client().addEvent(newEvent(), { signal: stop.signal });
    await expect.poll(() => door().requests.length).toBe(1);
    setTimeout(() => stop.abort(new Error('enough')), 50);

    expect(await errorOf(call)).toBe(stop.signal.reason);
  });
});

describe('a problem', () => {
  it('names the fields at fault, and is not retried', async () => {
    const error = await errorOf(client().addEvent(newEvent({ date: '2026-02-31T00:00:00Z' })));

    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({
      type: '/problems/invalid-request',
      status: 400,
      errors: [{ code: 'format', pointer: '/date', detail: INSTANT }],
      requestId: expect.stringMatching(/./),
      serverTime: undefined,
      message: `400 Invalid request: The request does not match the contract; /date ${INSTANT}`,
    });
    expect(door().requests).toHaveLength(1);
  });

  it("has the service's time if the clock is wrong", async () => {
    const date = new Date(Date.now() + 3 * DAY_MS).toISOString();
    const error = await errorOf(client().addEvent(newEvent({ date })));

    expect(error.type).toBe('/problems/clock-skew');
    expect(Math.abs(error.serverTime.getTime() - Date.now())).toBeLessThan(10_000);
  });

  it("is created from a gateway's error too", async () => {
    door().faults.push({
      status: 413,
      headers: { 'x-amzn-RequestId': 'a-request' },
      body: '{"message":"Request Too Long"}',
    });

    expect(await errorOf(client().addEvent(newEvent()))).toMatchObject({
      type: 'about:blank',
      status: 413,
      detail: 'Request Too Long',
      requestId: 'a-request',
    });
  });

  it('reports an invalid key', async () => {
    const error = await errorOf(client({ apiKey: 'wrong' }).addEvent(newEvent()));
    const unsendable = await errorOf(client({ apiKey: 'a\nb' }).addEvent(newEvent()));

    expect(error).toMatchObject({ type: '/problems/forbidden', status: 403 });
    expect(unsendable).toBeInstanceOf(TypeError);
    expect(door().requests).toHaveLength(1);
  });
});

describe('paging', () => {
  it('returns every event of a range once, in order, and requests each page when it is needed', async () => {
    const events = timeline(25);
    await direct().addEvents({ events });
    const query = { ...queryOf(newEvent(events[0])), order: 'asc', limit: 10 } as const;
    const values: unknown[] = [];

    for await (const { value } of client().events(query)) {
      values.push(value);
      expect(door().requests).toHaveLength(Math.ceil(values.length / 10));
    }
    const lengths = [];
    for await (const page of client().events(query).pages()) lengths.push(page.events.length);

    expect(values).toEqual(events.map(({ value }) => value));
    expect(lengths).toEqual([10, 10, 5]);
  });

  it('continues after a page that failed', async () => {
    const events = timeline(25);
    await direct().addEvents({ events });
    door().faults.push('none', 'half a reply', 'cut');

    const read = await collect(client().events({ ...queryOf(newEvent(events[0])), limit: 10 }));

    expect(read.map(({ value }) => value)).toEqual(events.map(({ value }) => value).reverse());
    expect(door().requests).toHaveLength(5);
  });

  it('returns the newest event of every type', async () => {
    const { deviceID, ...rest } = newEvent();
    const types = Array.from({ length: 25 }, (_, index) => `type-${10 + index}`);
    const events = types.map((eventType) => ({ ...rest, deviceID, eventType }));
    await direct().addEvents({ events });

    const read = await collect(client().latestEvents({ deviceID, limit: 10 }));

    expect(read.map(({ eventType }) => eventType)).toEqual(types);
    expect(door().requests).toHaveLength(3);
  });
});

describe('the page cache', () => {
  it('returns a page that has not changed, and a new one if it has', async () => {
    const event = newEvent({ date: new Date().toISOString() });
    const query = { ...queryOf(event), date: event.date.slice(0, 10) };
    const statuses: number[] = [];
    const watching = client({
      cache: createPageCache(),
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        statuses.push(response.status);
        return response;
      },
    });
    await direct().addEvent(event);

    const first = await watching.listEvents(query);
    expect(await watching.listEvents(query)).toEqual(first);
    await direct().addEvent({ ...event, value: 4 });
    expect((await watching.listEvents(query)).events).toHaveLength(2);

    expect(first.events).toHaveLength(1);
    expect(statuses).toEqual([200, 304, 200]);
    expect(door().requests[1]?.headers['if-none-match']).toMatch(/^W\/"/);
  });

  it('does not request a page of a range in the past again', async () => {
    const date = new Date(Date.now() - 500 * DAY_MS).toISOString().slice(0, 10);
    const caching = client({ cache: createPageCache() });
    const query = { ...queryOf(newEvent()), date };

    await caching.listEvents(query);
    await caching.listEvents(query);
    expect(door().requests).toHaveLength(1);

    await caching.listEvents({ ...query, order: 'asc' });
    expect(door().requests).toHaveLength(2);
  });

  it('drops the least recently used page', async () => {
    const page = { events: [] };
    const cache = createPageCache({ maxPages: 2 });
    for (const key of ['a', 'b']) cache.set(key, { etag: key, page, freshUntil: 0 });
    cache.get('a');
    cache.set('c', { etag: 'c', page, freshUntil: 0 });

    expect(['a', 'b', 'c'].filter((key) => cache.get(key))).toEqual(['a', 'c']);
  });
});
