import { randomUUID } from 'node:crypto';
import type { CommandStartedEvent } from 'mongodb';
import { describe, expect, it, vi } from 'vitest';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

const database = useDatabase();
const lambda = createApiHandler(database.client);

type Device = { deviceID: string; lastReceivedAt: string };

const get = async (path: string, query: Record<string, string> = {}, from = lambda) => {
  const { statusCode, body } = await from(proxyEvent({ path, query }));
  return { status: statusCode, body: JSON.parse(body) };
};

const store = async (events: object[]): Promise<void> => {
  const { body } = await lambda(
    proxyEvent({
      method: 'POST',
      path: '/events/batch',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ events }),
    }),
  );
  for (const { status } of JSON.parse(body).results) expect(status).toBe('created');
};

const remove = async (deviceID: string): Promise<void> => {
  const { statusCode } = await lambda(
    proxyEvent({ method: 'DELETE', path: `/devices/${deviceID}` }),
  );
  expect(statusCode).toBe(204);
};

/** All pages of a list. */
const readAll = async (path: string, query: Record<string, string>, list: string) => {
  const items: Device[] = [];
  const sizes: number[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await get(path, { ...query, ...(cursor !== undefined && { cursor }) });
    items.push(...body[list]);
    sizes.push(body[list].length);
    cursor = body.nextCursor;
  } while (cursor !== undefined);
  return { items, sizes };
};

/** IDs that sort before all others of this file, in order. */
const toID = (prefix: string, nth: number): string =>
  `${prefix}-0000-4000-8000-${String(nth).padStart(12, '0')}`;

describe('a device', () => {
  it('is described by its types, days, and its last event', async () => {
    const deviceID = randomUUID();
    const before = Math.floor(Date.now() / 1_000) * 1_000;
    await store([
      { deviceID, eventType: 'a', date: '2026-05-03T10:00:00Z', value: 1 },
      { deviceID, eventType: 'a', date: '2026-05-05T10:00:00Z', value: 2 },
      { deviceID, eventType: 'b', date: '2026-05-04T23:00:00+02:00', value: 3 },
    ]);

    const { status, body } = await get(`/devices/${deviceID.toUpperCase()}`);

    expect([status, body]).toEqual([
      200,
      {
        deviceID,
        eventTypeCount: 2,
        firstDay: '2026-05-03',
        lastDay: '2026-05-05',
        lastEventAt: '2026-05-05T10:00:00.000Z',
        lastReceivedAt: expect.any(String),
      },
    ]);
    const received = Date.parse(body.lastReceivedAt);
    expect(received).toBeGreaterThanOrEqual(before);
    expect(received).toBeLessThanOrEqual(Date.now());
  });

  it('has the newest date, though a bucket of late events is its newest', async () => {
    const deviceID = randomUUID();
    const at = (second: number) => new Date(Date.UTC(2026, 4, 5, 12, 0, second)).toISOString();
    const full = Array.from({ length: 200 }, (_, n) => ({
      deviceID,
      eventType: 'a',
      date: at(n),
    }));
    await store(full);
    await store([{ deviceID, eventType: 'a', date: at(-60) }]);

    expect((await get(`/devices/${deviceID}`)).body.lastEventAt).toBe(at(199));
    const { body } = await get(`/devices/${deviceID}/event-types`);
    expect(body.eventTypes).toMatchObject([{ firstEventAt: at(-60), lastEventAt: at(199) }]);
  });

  it('counts as heard of when its events come, whatever their dates', async () => {
    const deviceID = randomUUID();
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      for (const [now, date] of [
        ['12:00:00', '2026-05-06T11:00:00Z'],
        ['13:00:00', '2026-05-06T11:30:00Z'],
        ['14:00:00', '2026-03-01T00:00:00Z'],
        // Its clock, which was a day ahead, is right again.
        ['15:00:00', '2026-05-05T15:00:00Z'],
        ['16:00:00', '2026-05-05T16:00:00Z'],
      ]) {
        vi.setSystemTime(`2026-05-05T${now}.000Z`);
        await store([{ deviceID, eventType: 'a', date }]);
        const { body } = await get(`/devices/${deviceID}`);
        expect(body.lastReceivedAt, `now ${now}`).toBe(`2026-05-05T${now}.000Z`);
      }
      const silent = await get('/devices', { lastReceivedBefore: '2026-05-05T16:00:00Z' });
      const ids = silent.body.devices.map((device: Device) => device.deviceID);
      expect(ids).not.toContain(deviceID);
    } finally {
      vi.useRealTimers();
    }
  });

  it.each(['', '/event-types'])(
    'is unknown without events: /devices/{deviceID}%s',
    async (path) => {
      const deviceID = randomUUID();
      const unknown = { type: '/problems/device-unknown', status: 404 };

      expect((await get(`/devices/${deviceID}${path}`)).body).toMatchObject(unknown);
      await store([{ deviceID, eventType: 'a', date: '2026-05-05T10:00:00Z' }]);
      expect((await get(`/devices/${deviceID}${path}`)).status).toBe(200);
      await remove(deviceID);
      expect((await get(`/devices/${deviceID}${path}`)).body).toMatchObject(unknown);
      await store([{ deviceID, eventType: 'a', date: '2026-05-05T10:00:00Z' }]);
      expect((await get(`/devices/${deviceID}${path}`)).status).toBe(200);
    },
  );
});

describe('the event types of a device', () => {
  it('are read in pages, sorted by code point, each with its first and last event', async () => {
    const deviceID = randomUUID();
    const types = ['B', 'a', 'a.b', 'a/b', 'a_b', 'b', 'z:1'].sort();
    await store(
      types.flatMap((eventType, nth) => [
        { deviceID, eventType, date: `2026-05-0${nth + 1}T10:00:00Z` },
        { deviceID, eventType, date: `2026-06-0${nth + 1}T10:00:00Z` },
      ]),
    );
    const path = `/devices/${deviceID}/event-types`;

    const { items, sizes } = await readAll(path, { limit: '3' }, 'eventTypes');

    expect(sizes).toEqual([3, 3, 1]);
    expect(items).toEqual(
      types.map((eventType, nth) => ({
        eventType,
        firstDay: `2026-05-0${nth + 1}`,
        lastDay: `2026-06-0${nth + 1}`,
        firstEventAt: `2026-05-0${nth + 1}T10:00:00.000Z`,
        lastEventAt: `2026-06-0${nth + 1}T10:00:00.000Z`,
        lastReceivedAt: expect.any(String),
      })),
    );
    expect((await get('/events/latest', { deviceID, cursor: 'abc' })).status).toBe(400);
    expect((await get(path, { cursor: 'abc' })).body.errors).toMatchObject([
      { code: 'invalid-cursor', parameter: 'cursor' },
    ]);
  });
});

describe('the fleet', () => {
  it('is read in pages, sorted, without devices whose events were all deleted', async () => {
    const ids = Array.from({ length: 25 }, (_, nth) => toID('00000000', nth));
    await store(
      ids.flatMap((deviceID) =>
        ['a', 'b'].map((eventType) => ({ deviceID, eventType, date: '2026-05-05T10:00:00Z' })),
      ),
    );
    await remove(ids[3] as string);

    const { items } = await readAll('/devices', { limit: '10' }, 'devices');

    const found = items.map(({ deviceID }) => deviceID);
    expect(found).toEqual([...found].sort());
    expect(found.slice(0, 24)).toEqual(ids.filter((_, nth) => nth !== 3));
    const all = await readAll('/devices', {}, 'devices');
    expect(all.items).toEqual(items);
  });

  it('shows the silent ones, and those alone', async () => {
    const ids = Array.from({ length: 12 }, (_, nth) => toID('00000001', nth));
    const silent = ids.filter((_, nth) => nth % 3 === 0);
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      vi.setSystemTime('2025-01-01T00:00:00Z');
      const at = (deviceID: string, date: string) => ({ deviceID, eventType: 'a', date });
      await store(ids.map((deviceID) => at(deviceID, '2025-01-01T20:00:00Z')));
      vi.setSystemTime('2025-01-03T00:00:00Z');
      const others = ids.filter((deviceID) => !silent.includes(deviceID));
      // Some open a bucket, the others do not.
      await store(
        others.map((deviceID, nth) => at(deviceID, `2025-01-0${1 + (nth % 2)}T21:00:00Z`)),
      );
    } finally {
      vi.useRealTimers();
    }

    const query = { lastReceivedBefore: '2025-01-02T00:00:00Z', limit: '3' };
    const { items } = await readAll('/devices', query, 'devices');

    expect(items.map(({ deviceID }) => deviceID)).toEqual(silent);
    const none = { lastReceivedBefore: '2025-01-01T00:00:00Z' };
    expect((await readAll('/devices', none, 'devices')).items).toEqual([]);
  });

  it('comes with the newest event of a type', async () => {
    const ids = Array.from({ length: 3 }, (_, nth) => toID('00000002', nth));
    const [first, second, third] = ids as [string, string, string];
    await store([
      { deviceID: first, eventType: 'a', date: '2026-05-05T10:00:00Z', value: 1 },
      { deviceID: first, eventType: 'a', date: '2026-05-06T10:00:00Z', value: 2, id: 'x' },
      { deviceID: first, eventType: 'a', date: '2026-05-04T10:00:00Z', value: 3 },
      { deviceID: second, eventType: 'b', date: '2026-05-05T10:00:00Z', value: 4 },
      { deviceID: third, eventType: 'a', date: '2026-05-05T10:00:00Z', value: 5 },
    ]);

    const { items } = await readAll('/devices', { eventType: 'a', include: 'latest' }, 'devices');

    const own = items.filter(({ deviceID }) => ids.includes(deviceID));
    expect(own.map((device) => (device as { latest?: object }).latest)).toEqual([
      { deviceID: first, eventType: 'a', date: '2026-05-06T10:00:00.000Z', value: 2, id: 'x' },
      undefined,
      { deviceID: third, eventType: 'a', date: '2026-05-05T10:00:00.000Z', value: 5 },
    ]);
  });

  it.each<[Record<string, string>, string, string]>([
    [{ include: 'latest' }, 'eventType', 'required'],
    [{ eventType: 'a' }, 'include', 'required'],
    [{ include: 'all', eventType: 'a' }, 'include', 'enum'],
    [{ limit: '1e3' }, 'limit', 'type'],
    [{ limit: '1001' }, 'limit', 'too-large'],
    [{ lastReceivedBefore: 'yesterday' }, 'lastReceivedBefore', 'pattern'],
    [{ lastReceivedBefore: '2026-02-30T00:00:00Z' }, 'lastReceivedBefore', 'format'],
    [{ cursor: 'abc' }, 'cursor', 'invalid-cursor'],
    [{ lastReceivedbefore: '2026-05-05T00:00:00Z' }, 'lastReceivedbefore', 'unknown-parameter'],
  ])('is refused for %j: %s, %s', async (query, parameter, code) => {
    const { status, body } = await get('/devices', query);

    expect([status, body.errors]).toEqual([400, [{ code, parameter, detail: expect.any(String) }]]);
  });

  it('takes two queries, or four with their newest events, however many there are', async () => {
    const client = database.connectAgain();
    const commands: string[] = [];
    client.on('commandStarted', ({ commandName }: CommandStartedEvent) => {
      if (['find', 'aggregate', 'getMore'].includes(commandName)) commands.push(commandName);
    });
    const from = createApiHandler(client);
    await get('/devices', {}, from);
    expect(commands).toEqual(['find', 'aggregate']);
    commands.length = 0;
    await get('/devices', { eventType: 'a', include: 'latest' }, from);
    expect(commands.slice(0, 3)).toEqual(['find', 'aggregate', 'aggregate']);
    expect(commands.length).toBeLessThanOrEqual(4);
  });
});
