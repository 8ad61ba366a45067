import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import contract from '../../generated/openapi.json' with { type: 'json' };
import type { components } from '../../generated/openapi.ts';
import { responseValidators } from '../../generated/response-validators.js';
import { connect } from '../../src/database/connect.ts';
import { collectionOf } from '../../src/events/bucket.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { expectErrors } from '../harness/expect-errors.ts';
import { API_KEY, useLocalService } from '../harness/local-service.ts';
import { createForward, listen } from '../harness/outage.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

type Event = components['schemas']['Event'];
type Result = components['schemas']['EventResult'];
type Item = Record<string, unknown>;

const DAY = '2026-05-05';
const MIB = 1024 * 1024;

const service = useLocalService();
const { uri, client, connectAgain } = useDatabase();
const { atPort, forward } = createForward(uri);
const validate = responseValidators.addEvents?.[207];

describe('POST /events/batch', () => {
  it('tells of each event what became of it, and stores those that are fine', async () => {
    const [a, b] = [timeline(2), timeline(2)];
    const stored = a[0] as Item;
    expect(await sendBatch([stored])).toEqual([{ status: 'created' }]);

    const results = await sendBatch([b[0], stored, null, { ...b[1], eventType: '' }, a[1], a[1]]);

    expect(results.map(({ status }) => status)).toEqual([
      'created',
      'duplicate',
      'rejected',
      'rejected',
      'created',
      'duplicate',
    ]);
    expect(results[3]?.problem).toMatchObject({
      type: '/problems/invalid-request',
      status: 400,
      requestId: expect.any(String),
      errors: [{ code: 'too-short', pointer: '/eventType' }],
    });
    expect(results[2]?.problem?.errors).toEqual([
      { code: 'type', pointer: '', detail: 'must be object' },
    ]);
    expect(await read(a[0])).toHaveLength(2);
    expect(await read(b[0])).toEqual([b[0]]);
  });

  it("accepts the contract's example", async () => {
    const { value } =
      contract.paths['/events/batch'].post.requestBody.content['application/json'].examples.mixed;
    const deviceID = randomUUID();

    const results = await sendBatch(value.events.map((event) => ({ ...event, deviceID })));

    expect(results.map(({ status }) => status)).toEqual(['created', 'created', 'created']);
  });

  it('stores a thousand events once, however often they are sent', async () => {
    const events = timeline(1_000);

    expect(countOf(await sendBatch(events))).toEqual({ created: 1_000 });
    expect(countOf(await sendBatch(events.toReversed()))).toEqual({ duplicate: 1_000 });

    expect(await read(events[0])).toEqual(newestFirst(events));
  });

  it('takes what was compressed', async () => {
    const events = timeline(1_000);

    const response = await post(gzipSync(toBody(events)), { 'content-encoding': 'gzip' });

    expect(response.status).toBe(207);
    expect(await read(events[0])).toHaveLength(1_000);
  });

  it.each([
    ['malformed JSON', '{"events":[{"date":', 400, '/problems/invalid-request'],
    ['an event alone', JSON.stringify(timeline(1)[0]), 400, '/problems/invalid-request'],
    ['a list alone', JSON.stringify(timeline(1)), 400, '/problems/invalid-request'],
    ['an object', '{}', 400, '/problems/invalid-request'],
    ['null for the events', '{"events":null}', 400, '/problems/invalid-request'],
    ['no events', '{"events":[]}', 400, '/problems/invalid-request'],
    ['an unknown field', '{"events":[{}],"more":1}', 400, '/problems/invalid-request'],
    ['1,001 events', toBody(timeline(1_001)), 400, '/problems/invalid-request'],
    ['more than 4 MiB', ofSize(4 * MIB + 1), 413, '/problems/payload-too-large'],
  ])('refuses %s as a whole', async (_, body, status, type) => {
    const response = await post(body);

    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ type, status });
  });

  it('takes all of 4 MiB', async () => {
    const response = await post(ofSize(4 * MIB));

    expect(response.status).toBe(207);
    expect(countOf(expectResults(await response.json()))).toEqual({ created: 400 });
  });

  it.each([
    ['over 16 KiB', JSON.stringify('x'.repeat(16_384)), 413, undefined],
    ['nested too deep', `${'['.repeat(300)}${']'.repeat(300)}`, 400, ''],
    ['nested far too deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 400, ''],
    ['with a number that would change', '{"a":[1,12345678901234567890]}', 400, '/value/a/1'],
  ])('refuses an event %s by itself', async (_, value, status, pointer) => {
    const [bad, ...good] = timeline(3).map((e) => ({ ...e, value: ',[{"\\' })) as Item[];
    const [before, after] = good.map((event) => JSON.stringify(event));
    const text = JSON.stringify({ ...bad, value: 0 }).replace('"value":0', `"value":${value}`);

    const response = await post(`{"events":[${before}, ${text},${after}]}`);

    const results = expectResults(await response.json());
    expect(results).toMatchObject([
      { status: 'created' },
      { status: 'rejected', problem: { status } },
      { status: 'created' },
    ]);
    expect(results[1]?.problem?.errors?.[0]?.pointer).toBe(pointer);
    expect(await read(good[0])).toEqual(newestFirst(good));
  });

  it.each([
    ['brackets and commas in text', { a: '[{,"\\', b: [',', ']'] }],
    ['nothing', null],
    ['lists in lists', [[], [[]], {}]],
  ])('keeps values apart: %s', async (_, value) => {
    const events = timeline(3).map((event) => ({ ...event, value }));

    const text = JSON.stringify({ events }, undefined, 3);
    expect((await post(text)).status).toBe(207);

    expect(await read(events[0])).toEqual(newestFirst(events));
  });

  it('stores the last of two lists, however its name is written', async () => {
    const [first, second, good, bad] = timeline(4).map((event) => JSON.stringify(event));
    const inexact = [second, bad].map((event) => event?.replace(/"value":\d/, '"value":1e400'));
    const lists = `[${first},[[]],${inexact[0]}],"\\u0065vents":[${good},${inexact[1]}]`;

    const response = await post(`{"events":${lists}}`);

    const results = expectResults(await response.json());
    expect(results.map(({ status }) => status)).toEqual(['created', 'rejected']);
    expect(await read(JSON.parse(good ?? ''))).toEqual([JSON.parse(good ?? '')]);
  });

  it('answers within 6 MB, whatever is wrong with the events', async () => {
    const fields = Array.from({ length: 10 }, (_, i) => [`${i}${'~'.repeat(400)}`, 0]);
    const events = Array(1_000).fill(Object.fromEntries(fields));

    const text = await (await post(toBody(events))).text();

    expect(text.length).toBeLessThan(5 * MIB);
    const results = expectResults(JSON.parse(text));
    expect(results).toHaveLength(1_000);
    expect(results[999]?.problem?.errors?.length).toBe(10);
  });

  it('writes to each bucket once', async () => {
    const watched = connectAgain();
    const commands: string[] = [];
    watched.on('commandStarted', ({ commandName, command }) => {
      const [update] = command.updates ?? [];
      if (update?.u.$push) commands.push('push');
      else if (command.update === 'series') commands.push('series');
      else if (commandName === 'find') commands.push('find');
    });
    const lambda = createApiHandler(watched);

    await sendTo(lambda, [...timeline(100), ...timeline(100), ...timeline(100)]);
    expect(commands.sort()).toEqual([...Array(3).fill('push'), ...Array(3).fill('series')]);

    commands.length = 0;
    await sendTo(lambda, timeline(1_000));
    expect(commands.sort()).toEqual(['find', ...Array(5).fill('push'), 'series']);
  });

  it('stores each event once when 10 processes send the same at once', async () => {
    const events = timeline(700);
    const lambdas = Array.from({ length: 10 }, () => createApiHandler(connectAgain()));

    const all = await Promise.all(lambdas.map((lambda) => sendTo(lambda, events)));

    for (const index of events.keys()) {
      const outcomes = all.map((results) => results[index]?.status);
      expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(9);
    }
    const { deviceID } = events[0] as { deviceID: string };
    const buckets = await collectionOf(client).find({ deviceID }).sort({ seq: 1 }).toArray();
    expect(buckets.map(({ count }) => count)).toEqual([200, 200, 200, 100]);
  });
});

describe('an event of a batch without a date', () => {
  it('gets the instant of its arrival, and is told so', async () => {
    const { deviceID, eventType } = timeline(1)[0] as Item;
    const before = new Date().toISOString();
    const undated = [
      { deviceID, eventType, id: 'boot-1/1', value: 1 },
      { deviceID, eventType, id: 'boot-1/2', value: 2 },
    ];

    const [result, ...others] = await sendBatch(undated);

    const date = result?.date ?? '';
    expect(result).toEqual({ status: 'created', date });
    expect(others).toEqual([{ status: 'created', date }]);
    expect(date >= before && date <= new Date().toISOString()).toBe(true);
    expect(await read({ deviceID, eventType, date })).toEqual(
      undated.map((event) => ({ ...event, date })).reverse(),
    );
  });

  it.each([
    ['no date', {}],
    ['null for a date', { date: null }],
    ['null for both', { date: null, id: null }],
  ])('is refused without an id: %s', async (_, fields) => {
    const { deviceID, eventType } = timeline(1)[0] as Item;

    const [refused, stored] = await sendBatch([
      { deviceID, eventType, ...fields },
      { deviceID, eventType, date: null, id: 'boot-1/1', receivedAt: null },
    ]);

    expect(refused).toMatchObject({
      status: 'rejected',
      problem: {
        type: '/problems/invalid-request',
        errors: [{ code: 'required', pointer: '/date', detail: 'is required' }],
      },
    });
    expect(stored).toEqual({ status: 'created', date: expect.any(String) });
  });

  it('is stored once where it has an id, whatever came between', async () => {
    const { deviceID, eventType } = timeline(1)[0] as Item;
    const undated = { deviceID, eventType, id: 'boot-1/1', value: 'undated' };
    const [first] = await sendBatch([undated]);
    const others = Array.from({ length: 450 }, (_, i) => ({
      deviceID,
      eventType,
      value: i,
      date: `${first?.date?.slice(0, 10)}T00:00:00.${String(i).padStart(3, '0')}Z`,
    }));
    await sendBatch(others);

    const [again] = await sendBatch([undated]);

    expect(again).toEqual({ status: 'duplicate' });
    const events = await read({ deviceID, eventType, date: first?.date });
    expect(events.filter(({ value }) => value === 'undated')).toHaveLength(1);
  });
});

describe('a database that fails half-way', () => {
  it('has exactly what the reply says, and takes the rest when it is sent again', async () => {
    let written = 0;
    const outage = await listen((socket) => {
      forward(socket);
      socket.on('data', ({ length }) => {
        written += length;
        if (written > 60_000) void outage[Symbol.asyncDispose]();
      });
    });
    const lost = connect(atPort(outage.port));
    const events = Array.from({ length: 50 }, () => timeline(20)).flat();
    expectErrors();

    const results = await sendTo(createApiHandler(lost), events);
    await lost.close();

    const { created = 0, failed = 0 } = countOf(results);
    expect(created).toBeGreaterThan(0);
    expect(failed).toBeGreaterThan(0);
    expect(created + failed).toBe(1_000);
    expect(results.find(({ status }) => status === 'failed')?.problem).toMatchObject({
      type: '/problems/database-unavailable',
      status: 503,
    });
    const healthy = createApiHandler(client);
    const again = await sendTo(healthy, events);
    for (const [index, { status }] of results.entries()) {
      if (status === 'created') expect(again[index]?.status).toBe('duplicate');
    }
    expect(countOf(await sendTo(healthy, events))).toEqual({ duplicate: 1_000 });
  });

  it('is a problem of the request where nothing is stored', { tags: 'long' }, async () => {
    const lost = connect('mongodb://127.0.0.1:9/test_none');
    expectErrors();

    const reply = await createApiHandler(lost)(toRequest(timeline(3)));
    await lost.close();

    expect(reply.statusCode).toBe(503);
    expect(reply.headers?.['Retry-After']).toBeDefined();
  });
});

/** Events of one device a second apart, from midnight on. */
function timeline(length: number): Item[] {
  const deviceID = randomUUID();
  const start = Date.parse(`${DAY}T00:00:00Z`);
  return Array.from({ length }, (_, i) => ({
    deviceID,
    eventType: 'reading',
    date: new Date(start + i * 1_000).toISOString(),
    value: i,
  }));
}

/** 400 events as JSON of so many bytes. */
function ofSize(bytes: number): string {
  const events = timeline(400).map((event) => ({ ...event, value: 'x'.repeat(10_000) }));
  const text = toBody(events);
  return `${text.slice(0, -2)}${' '.repeat(bytes - text.length)}]}`;
}

const toBody = (events: unknown[]): string => JSON.stringify({ events });

const post = (
  body: string | Buffer<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Response> =>
  fetch(`${service.url()}/events/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': API_KEY, ...headers },
    body,
  });

async function sendBatch(events: unknown[]): Promise<Result[]> {
  const response = await post(toBody(events));
  expect(response.status).toBe(207);
  return expectResults(await response.json());
}

const toRequest = (events: unknown[]) =>
  proxyEvent({ method: 'POST', path: '/events/batch', body: toBody(events) });

async function sendTo(lambda: ReturnType<typeof createApiHandler>, events: unknown[]) {
  const { statusCode, body } = await lambda(toRequest(events));
  expect(statusCode, body).toBe(207);
  return expectResults(JSON.parse(body));
}

function expectResults(body: unknown): Result[] {
  expect(validate?.(body), JSON.stringify(validate?.errors)).toBe(true);
  return (body as components['schemas']['BatchReport']).results;
}

async function read(event: Item | undefined): Promise<Event[]> {
  const { deviceID, eventType, date } = event ?? {};
  const query = { deviceID, eventType, date: String(date).slice(0, 10), limit: 10_000 };
  const search = new URLSearchParams(query as unknown as Record<string, string>);
  const response = await fetch(`${service.url()}/events?${search}`, {
    headers: { 'x-api-key': API_KEY },
  });
  const { events } = (await response.json()) as components['schemas']['EventPage'];
  return events;
}

const countOf = (results: Result[]): Partial<Record<Result['status'], number>> => {
  const counts: Partial<Record<Result['status'], number>> = {};
  for (const { status } of results) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

const newestFirst = (events: Item[]): Item[] => events.toReversed();
