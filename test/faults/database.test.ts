import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Fault, FaultyLink } from '../../scripts/faults/faulty-link.ts';
import { createFaultyLink } from '../../scripts/faults/faulty-link.ts';
import { connect } from '../../src/database/connect.ts';
import type { ApiHandler } from '../../src/lambda/api-handler.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { expectErrors } from '../harness/expect-errors.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

type Event = { deviceID: string; eventType: string; date: string; value: number };

const { uri, client } = useDatabase();
const healthy = createApiHandler(client);
let link: FaultyLink;
let faulty: MongoClient;
let lambda: ApiHandler;

beforeEach(async () => {
  expectErrors();
  link = await createFaultyLink(uri);
  faulty = connect(link.uri);
  lambda = createApiHandler(faulty);
});
afterEach(async () => {
  await faulty.close();
  await link.close();
  vi.restoreAllMocks();
});

// Each write and each read is answered with 503 until the fault is over.
const OUTAGES: Fault[] = ['dropped', 'refused', 'half-open', 'slow reads', 'lost replies'];
// What needs seconds each; one fault stands for all in `npm test`.
const SLOW: Fault[] = ['half-open', 'slow reads', 'lost replies', 'dropped'];

describe.each(OUTAGES)('a database with %s', (fault) => {
  const tags = SLOW.includes(fault) ? ['long'] : [];
  it('is told as such in time, used again within 5 s, and has each event once', {
    tags,
  }, async () => {
    const events = timeline(12);
    expect(await post(events.slice(0, 4))).toEqual(Array(4).fill(201));
    await link.set(fault);

    const during = await Promise.all([
      ...events.slice(2, 10).map((event) => send('POST', event)),
      send('GET', toQuery(events)),
    ]);
    for (const { status, headers, milliseconds } of during) {
      expect(status).toBe(503);
      expect(headers?.['Retry-After']).toMatch(/^[1-9]\d*$/);
      expect(milliseconds).toBeLessThan(20_000);
    }

    await link.set('none');
    await expectBack();
    await expectOnce(events);
    expect(link.count()).toBeLessThanOrEqual(3);
  });
});

describe('a slow database', () => {
  it('is waited for', { tags: 'long' }, async () => {
    await link.set('latency');
    const events = timeline(3);

    expect(await post(events)).toEqual([201, 201, 201]);
    await link.set('none');
    await expectOnce(events);
  });
});

describe('a database that restarts', () => {
  it('costs no event that was acknowledged, and doubles none', async () => {
    const events = timeline(200);
    const acknowledged: Event[] = [];
    const work = Promise.all(
      Array.from({ length: 4 }, async (_, writer) => {
        for (const event of events.filter((_, i) => i % 4 === writer)) {
          if ((await send('POST', event)).status < 300) acknowledged.push(event);
        }
      }),
    );
    for (let restart = 0; restart < 5; restart += 1) {
      await sleep(50);
      link.breakAll();
    }
    await work;

    expect(acknowledged.length).toBeGreaterThan(100);
    const before = await readValues(events);
    expect(before).toEqual(expect.arrayContaining(acknowledged.map(({ value }) => value)));
    await expectOnce(events);
  });
});

describe('a primary that steps down', () => {
  it('is told as an outage, and the next one is used', async () => {
    const events = timeline(6);
    await link.set('step-down');

    for (const { status } of await Promise.all(events.map((event) => send('POST', event)))) {
      expect(status).toBe(503);
    }

    await link.set('none');
    await expectBack();
    await expectOnce(events);
  });
});

describe('a batch during an outage', () => {
  it('tries no other device once it has noticed', async () => {
    const watched = connect(`${link.uri}&monitorCommands=true`);
    // Of a replica set, the driver sends each write once more: that is no other device.
    const tried = new Set<string>();
    watched.on('commandStarted', ({ commandName, command }) => {
      if (commandName === 'update') tried.add(command.updates[0].q.deviceID);
    });
    await watched.connect();
    await link.set('step-down');
    const batch = Array.from({ length: 10 }, () => timeline(1)[0]);

    const { statusCode } = await createApiHandler(watched)(
      proxyEvent({
        method: 'POST',
        path: '/events/batch',
        body: JSON.stringify({ events: batch }),
      }),
    );
    await watched.close();

    expect(statusCode).toBe(503);
    // One for each of its two writers.
    expect(tried.size).toBeGreaterThan(0);
    expect(tried.size).toBeLessThanOrEqual(2);
  });
});

/** Expects the service to recover by itself: within the promised 5 s, or what a busy machine makes of them. */
async function expectBack(): Promise<void> {
  const end = performance.now() + 20_000;
  for (;;) {
    const { status } = await send('POST', timeline(1)[0]);
    if (status === 201) break;
    expect(performance.now()).toBeLessThan(end);
  }
}

/** Sends all events again, and expects each to be stored once. */
async function expectOnce(events: Event[]): Promise<void> {
  for (const status of await post(events)) expect([200, 201]).toContain(status);
  expect((await readValues(events)).sort((a, b) => a - b)).toEqual(
    events.map(({ value }) => value),
  );
}

const post = async (events: Event[]): Promise<number[]> =>
  (await Promise.all(events.map((event) => send('POST', event)))).map(({ status }) => status);

/** Reads through a connection without a fault. */
async function readValues(events: Event[]): Promise<number[]> {
  const { body } = await healthy(proxyEvent({ query: toQuery(events) }));
  return JSON.parse(body).events.map(({ value }: Event) => value);
}

const toQuery = (events: Event[]) => {
  const { deviceID = '', eventType = '', date = '' } = events[0] ?? {};
  return { deviceID, eventType, date: date.slice(0, 10) };
};

async function send(method: 'GET' | 'POST', what: object | undefined) {
  const request = method === 'POST' ? { body: JSON.stringify(what) } : { query: what };
  const started = performance.now();
  const { statusCode: status, headers } = await lambda(
    proxyEvent({ method, ...(request as object) }),
  );
  return { status, headers, milliseconds: performance.now() - started };
}

/** Events of one device a second apart. */
function timeline(length: number): Event[] {
  const deviceID = randomUUID();
  const start = Date.parse('2026-05-05T12:00:00Z');
  return Array.from({ length }, (_, value) => ({
    deviceID,
    eventType: 'reading',
    value,
    date: new Date(start + value * 1_000).toISOString(),
  }));
}
