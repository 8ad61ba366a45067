import { randomUUID } from 'node:crypto';
import type { CommandStartedEvent } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

const database = useDatabase();
const DAY = '2026-05-05';

/** An API on the file's database, and the commands that it sends. */
const useApi = () => {
  const client = database.connectAgain();
  const commands: string[] = [];
  client.on('commandStarted', ({ commandName }: CommandStartedEvent) => commands.push(commandName));
  const api = createApiHandler(client);
  const ask = async (method: string, path: string, query = {}, body?: object) => {
    const text = body && { body: JSON.stringify(body) };
    const reply = await api(proxyEvent({ method, path, query, ...text }));
    return {
      status: reply.statusCode,
      body: reply.body === '' ? undefined : JSON.parse(reply.body),
    };
  };
  return { ask, commands };
};

const { ask } = useApi();
const send = (deviceID: string, ...events: object[]) =>
  ask('POST', '/events/batch', {}, { events: events.map((event) => ({ deviceID, ...event })) });
const at = (eventType: string, time: string, value: unknown = 1) => ({
  eventType,
  date: time.length > 10 ? time : `${DAY}T${time}Z`,
  value,
});
/** Reads every page. */
const listAll = async (path: string, name: string, query: Record<string, string> = {}) => {
  const pages: unknown[][] = [];
  for (let more: Record<string, string> | undefined = {}; more; ) {
    const { status, body } = await ask('GET', path, { ...query, ...more });
    expect(status).toBe(200);
    pages.push(body[name]);
    more = body.nextCursor === undefined ? undefined : { cursor: body.nextCursor };
  }
  return pages;
};
const INSTANT = expect.stringMatching(/^\d{4}-.*Z$/);

describe('GET /devices', () => {
  it('lists each device with events once, by its id, a page at a time', async () => {
    const devices = Array.from({ length: 5 }, () => randomUUID());
    for (const device of devices) await send(device, at('a', '12:00:00'), at('b', '12:00:01'));

    const pages = await listAll('/devices', 'devices', { limit: '2' });
    const all = pages.flat() as { deviceID: string }[];

    expect(pages.every((page) => page.length <= 2)).toBe(true);
    const ids = all.map(({ deviceID }) => deviceID);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(ids).toEqual(expect.arrayContaining(devices));
    expect(all.find(({ deviceID }) => deviceID === devices[0])).toEqual({
      deviceID: devices[0],
      eventTypeCount: 2,
      firstDay: DAY,
      lastDay: DAY,
      lastEventAt: `${DAY}T12:00:01.000Z`,
      lastReceivedAt: INSTANT,
    });
  });

  it('finds the silent ones, whatever the clock of a device says', async () => {
    const [silent, ahead] = [randomUUID(), randomUUID()];
    const tomorrow = new Date(Date.now() + 3_600_000).toISOString();
    await send(silent, at('a', tomorrow));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const lastReceivedBefore = new Date().toISOString();
    await send(ahead, at('a', '2026-05-01T00:00:00Z'));

    const pages = await listAll('/devices', 'devices', { lastReceivedBefore, limit: '1' });
    const ids = (pages.flat() as { deviceID: string }[]).map(({ deviceID }) => deviceID);

    expect(ids).toContain(silent);
    expect(ids).not.toContain(ahead);
  });

  it('adds the newest event of a type to the devices that have one', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    await send(
      one,
      at('place', '12:00:00', 'new'),
      at('place', '11:00:00', 'old'),
      at('a', '13:00:00'),
    );
    await send(other, at('a', '12:00:00'));

    const query = { eventType: 'place', include: 'latest' };
    const all = (await listAll('/devices', 'devices', query)).flat() as { deviceID: string }[];

    expect(all.find(({ deviceID }) => deviceID === one)).toMatchObject({
      latest: { deviceID: one, eventType: 'place', date: `${DAY}T12:00:00.000Z`, value: 'new' },
    });
    expect(all.find(({ deviceID }) => deviceID === other)).not.toHaveProperty('latest');
  });

  it('takes three queries, however many devices a page has', async () => {
    for (let nth = 0; nth < 20; nth += 1) await send(randomUUID(), at('a', '12:00:00'));
    const api = useApi();
    await api.ask('GET', '/devices', { limit: '1' });
    api.commands.splice(0);

    await api.ask('GET', '/devices', { limit: '20', eventType: 'a', include: 'latest' });

    expect(api.commands.filter((name) => name !== 'killCursors')).toEqual([
      'find',
      'aggregate',
      'aggregate',
    ]);
  });

  it.each([
    [{ include: 'latest' }, 'required', 'eventType'],
    [{ eventType: 'a' }, 'required', 'include'],
    [{ eventType: 'a', include: 'value' }, 'enum', 'include'],
    [{ limit: '0' }, 'too-small', 'limit'],
    [{ limit: '1001' }, 'too-large', 'limit'],
    [{ cursor: 'x' }, 'invalid-cursor', 'cursor'],
    [{ lastReceivedBefore: 'yesterday' }, 'pattern', 'lastReceivedBefore'],
    [{ deviceID: randomUUID() }, 'unknown-parameter', 'deviceID'],
  ])('refuses %j', async (query, code, parameter) => {
    const { status, body } = await ask('GET', '/devices', query);

    expect(status).toBe(400);
    expect(body.errors).toEqual([{ code, parameter, detail: expect.any(String) }]);
  });

  it('refuses the cursor of another query', async () => {
    for (let nth = 0; nth < 2; nth += 1) await send(randomUUID(), at('a', '12:00:00'));
    const { body } = await ask('GET', '/devices', { limit: '1' });

    const query = { limit: '1', eventType: 'a', include: 'latest', cursor: body.nextCursor };
    expect((await ask('GET', '/devices', query)).status).toBe(400);
  });
});

describe('GET /devices/{deviceID}', () => {
  it('reads one device, until its events are deleted', async () => {
    const deviceID = randomUUID();
    const path = `/devices/${deviceID}`;
    expect((await ask('GET', path)).body.type).toBe('/problems/device-unknown');
    await send(deviceID, at('a', '2026-05-01T10:00:00Z'), at('a', '12:00:00'));

    expect(await ask('GET', `/devices/${deviceID.toUpperCase()}`)).toEqual({
      status: 200,
      body: {
        deviceID,
        eventTypeCount: 1,
        firstDay: '2026-05-01',
        lastDay: DAY,
        lastEventAt: `${DAY}T12:00:00.000Z`,
        lastReceivedAt: INSTANT,
      },
    });

    await ask('DELETE', path);
    expect((await ask('GET', path)).status).toBe(404);
    expect((await ask('GET', `${path}/event-types`)).status).toBe(404);
    const all = (await listAll('/devices', 'devices')).flat() as { deviceID: string }[];
    expect(all.map((device) => device.deviceID)).not.toContain(deviceID);
  });

  it('has the newest event that is there, where a newer one of its day was deleted', async () => {
    const device = randomUUID();
    // More than a bucket.
    await send(device, ...Array.from({ length: 201 }, (_, nth) => at('a', '12:00:00', nth)));
    await ask('DELETE', `/devices/${device}`);
    await send(device, at('a', '10:00:00'));

    const { body } = await ask('GET', `/devices/${device}`);
    const types = await ask('GET', `/devices/${device}/event-types`);

    expect(body.lastEventAt).toBe(`${DAY}T10:00:00.000Z`);
    expect(types.body.eventTypes).toMatchObject([{ lastEventAt: `${DAY}T10:00:00.000Z` }]);
  });
});

describe('GET /devices/{deviceID}/event-types', () => {
  it('reads the first and last events of many types at once, without a warning', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => void warnings.push(warning);
    const deviceID = randomUUID();
    const types = Array.from({ length: 20 }, (_, index) => `type_${index}`);
    await send(deviceID, ...types.map((type) => at(type, '12:00:00')));
    process.on('warning', note);

    const { body } = await ask('GET', `/devices/${deviceID}/event-types`);
    await new Promise(setImmediate);
    process.off('warning', note);

    expect(body.eventTypes).toHaveLength(20);
    expect(warnings).toEqual([]);
  });

  it('lists the types of a device with their first and last events', async () => {
    const deviceID = randomUUID();
    await send(deviceID, at('a', '12:00:00'), at('a', '11:00:00'), at('a', '2026-05-04T10:00:00Z'));
    await send(deviceID, at('b', '12:00:00'), at('c', '12:00:00'));

    const path = `/devices/${deviceID}/event-types`;
    const pages = await listAll(path, 'eventTypes', { limit: '2' });

    expect(pages.map((page) => page.length)).toEqual([2, 1]);
    expect(pages[0]?.[0]).toEqual({
      eventType: 'a',
      firstDay: '2026-05-04',
      lastDay: DAY,
      firstEventAt: '2026-05-04T10:00:00.000Z',
      lastEventAt: `${DAY}T12:00:00.000Z`,
      lastReceivedAt: INSTANT,
    });
    expect(pages.flat()).toMatchObject([
      { eventType: 'a' },
      { eventType: 'b' },
      { eventType: 'c' },
    ]);
  });
});
