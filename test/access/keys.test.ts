import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createKeyId, createSecret, hashOf, keysOf, toKeyText } from '../../src/access/api-key.ts';
import { toKeyCommand } from '../../src/access/key-command.ts';
import { manageKeys } from '../../src/access/manage-keys.ts';
import { connect } from '../../src/database/connect.ts';
import type { ApiHandler } from '../../src/lambda/api-handler.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { expectErrors } from '../harness/expect-errors.ts';
import { createForward, listen } from '../harness/outage.ts';
import type { ProxyRequest } from '../harness/proxy-event.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

const PLAIN = 'the plain key of the configuration';
/** A key of the right form that nobody has. */
const createStrangersKey = (): string => toKeyText({ id: createKeyId(), secret: createSecret() });
const database = useDatabase();
const keys = keysOf(database.client);
const options = { keys: 'scoped', plainKeyHash: hashOf(PLAIN) } as const;
const lambda = createApiHandler(database.client, options);

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const manage = (input: object) => manageKeys(keys, toKeyCommand({ ...input }));

async function createKey(more: object = {}) {
  const scopes = ['write', 'read', 'delete'];
  const [created] = await manage({ command: 'create', name: 'of a test', scopes, ...more });
  return { id: created?.id ?? '', key: created?.key ?? '' };
}

/** As API Gateway sends it on where it checks no key itself. */
const ask = async (key: string, request: ProxyRequest, to = lambda) => {
  const headers = { 'content-type': 'application/json', 'X-Api-Key': key };
  const reply = await to(proxyEvent({ ...request, headers, apiKeyId: null }));
  const isJson = /[/+]json$/.test(String(reply.headers?.['Content-Type']));
  const body = isJson ? JSON.parse(reply.body) : undefined;
  return { status: reply.statusCode, retryAfter: reply.headers?.['Retry-After'], body };
};

const post = (key: string, deviceID: string, to = lambda) =>
  ask(key, { method: 'POST', body: JSON.stringify(toEvent(deviceID)) }, to);

const toEvent = (deviceID: string) => ({ deviceID, eventType: 'a', date: '2026-05-05T12:00:00Z' });

/** One request for each operation that asks for a key. */
const toRequests = (deviceID: string): Record<string, ProxyRequest & { needs: string }> => {
  const key = { deviceID, eventType: 'a' };
  const range = { since: '2026-05-05T00:00:00Z', until: '2026-05-06T00:00:00Z' };
  return {
    addEvent: { needs: 'write', method: 'POST', body: JSON.stringify(toEvent(deviceID)) },
    addEvents: {
      needs: 'write',
      method: 'POST',
      path: '/events/batch',
      body: JSON.stringify({ events: [toEvent(deviceID)] }),
    },
    listEvents: { needs: 'read', query: { ...key, ...range } },
    exportEvents: { needs: 'read', path: '/events/export', query: { ...key, ...range } },
    listLatestEvents: { needs: 'read', path: '/events/latest', query: { deviceID } },
    summarizeEvents: {
      needs: 'read',
      path: '/events/summary',
      query: { ...key, ...range, interval: 'PT1H' },
    },
    listDevices: { needs: 'read', path: '/devices' },
    getDevice: { needs: 'read', path: `/devices/${deviceID}` },
    listDeviceEventTypes: { needs: 'read', path: `/devices/${deviceID}/event-types` },
    deleteEvents: { needs: 'delete', method: 'DELETE', query: { ...key, ...range } },
    deleteDevice: { needs: 'delete', method: 'DELETE', path: `/devices/${deviceID}` },
  };
};

describe('a key', () => {
  it.each(['write', 'read', 'delete'])(
    'with the scope %s is good for that alone',
    async (scope) => {
      const { key } = await createKey({ scopes: [scope] });

      const deviceID = randomUUID();
      await post(PLAIN, deviceID);
      for (const [operation, request] of Object.entries(toRequests(deviceID))) {
        const { status, body } = await ask(key, request);
        const isGood = request.needs === scope;
        expect([operation, status < 300]).toEqual([operation, isGood]);
        if (!isGood)
          expect(body).toMatchObject({ status: 403, type: '/problems/insufficient-scope' });
      }
    },
  );

  it('that is bound to devices is good for no other', async () => {
    const [own, other] = [randomUUID(), randomUUID()];
    const { key } = await createKey({ devices: [own.toUpperCase()] });

    for (const [operation, request] of Object.entries(toRequests(own))) {
      expect([operation, (await ask(key, request)).status]).toEqual([
        operation,
        expect.toSatisfy((status: number) => status < 300),
      ]);
    }
    for (const [operation, request] of Object.entries(toRequests(other))) {
      const { status, body } = await ask(key, request);
      if (operation === 'addEvents') continue;
      if (operation === 'listDevices') {
        expect(body).toEqual({ devices: [] });
        continue;
      }
      expect([operation, status]).toEqual([operation, 403]);
      expect(body).toMatchObject({
        type: '/problems/device-not-allowed',
        errors: [{ code: 'device-not-allowed', detail: 'is not a device of this key' }],
      });
    }
    expect((await ask(PLAIN, toRequests(other).listLatestEvents ?? {})).body).toEqual({
      events: [],
    });
  });

  it('that is bound to devices lists these alone', async () => {
    const [own, second, other] = [randomUUID(), randomUUID(), randomUUID()];
    for (const deviceID of [own, second, other]) await post(PLAIN, deviceID);
    const { key } = await createKey({ devices: [own, second], scopes: ['read'] });
    const list = (query: Record<string, string>) => ask(key, { path: '/devices', query });

    const { body } = await list({ limit: '1' });
    const { body: last } = await list({ limit: '1', cursor: body.nextCursor });

    const ids = [...body.devices, ...last.devices].map(
      (each: { deviceID: string }) => each.deviceID,
    );
    expect(ids).toEqual([own, second].sort());
    expect(last).not.toHaveProperty('nextCursor');
  });

  it('that is bound costs a batch only the events of other devices', async () => {
    const [own, other] = [randomUUID(), randomUUID()];
    const { key } = await createKey({ devices: [own], scopes: ['write'] });
    const events = [toEvent(other), toEvent(own), {}, toEvent(own.toUpperCase())];

    const { status, body } = await ask(key, {
      method: 'POST',
      path: '/events/batch',
      body: JSON.stringify({ events }),
    });

    const { results } = body;
    expect(status).toBe(207);
    expect(results.map((result: { status: string }) => result.status)).toEqual([
      'rejected',
      'created',
      'rejected',
      'duplicate',
    ]);
    expect(results[0].problem).toMatchObject({
      type: '/problems/device-not-allowed',
      errors: [{ code: 'device-not-allowed', pointer: '/deviceID' }],
      requestId: expect.any(String),
    });
    expect((await ask(PLAIN, toRequests(other).listLatestEvents ?? {})).body).toEqual({
      events: [],
    });
  });

  it.each([
    ['none', ''],
    ['another one', 'somebody’s key'],
    ['without its checksum', `iot_000000000000_${'A'.repeat(43)}`],
    ['of the form, of nobody', createStrangersKey()],
    ['an operator', '{"$ne":""}'],
  ])('that is missing or not good (%s) opens nothing', async (_, key) => {
    for (const request of Object.values(toRequests(randomUUID()))) {
      expect((await ask(key, request)).body).toMatchObject({
        type: '/problems/forbidden',
        status: 403,
      });
    }
    expect((await ask(key, { path: '/health' })).status).toBe(200);
    expect((await ask(key, { method: 'PUT' })).status).toBe(403);
    expect((await ask(PLAIN, { method: 'PUT' })).status).toBe(405);
  });

  it('is good for nothing with another secret, or the id of another', async () => {
    const [{ id, key }, other] = [await createKey(), await createKey()];
    const secret = other.key.slice(other.id.length + 1, -6);
    const mixed = toKeyText({ id, secret });

    expect((await post(key, randomUUID())).status).toBe(201);
    expect((await post(mixed, randomUUID())).status).toBe(403);
  });

  it('is good until it expires', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { key } = await createKey({ expiresAt: new Date(Date.now() + 10_000).toISOString() });

    expect((await post(key, randomUUID())).status).toBe(201);
    vi.setSystemTime(Date.now() + 11_000);
    expect((await post(key, randomUUID())).status).toBe(403);
  });

  it('is good for no more than a minute after it was revoked, and for nothing in a new process', async () => {
    const { id, key } = await createKey();
    expect((await post(key, randomUUID())).status).toBe(201);
    await manage({ command: 'revoke', id });

    const { lambda: fresh } = watchLookUps();
    expect((await post(key, randomUUID(), fresh)).status).toBe(403);
    const now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => now + 60_001);
    expect((await post(key, randomUUID())).status).toBe(403);
  });

  it('that the local gateway has looked up is not looked up again by the router', async () => {
    const { lambda: ofGateway, again, count } = watchLookUps();
    const { key } = await createKey();
    for (const watched of [ofGateway, again()])
      expect((await post(key, randomUUID(), watched)).status).toBe(201);

    expect(count()).toBe(1);
  });

  it('that was rotated stays good as long as it was told to', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { id, key } = await createKey();
    const [rotated] = await manage({ command: 'rotate', id, graceHours: 1 });
    expect(rotated?.oldSecretUntil?.getTime()).toBeCloseTo(Date.now() + 3_600_000, -5);
    const { lambda: fresh } = watchLookUps();

    expect((await post(key, randomUUID(), fresh)).status).toBe(201);
    expect((await post(rotated?.key ?? '', randomUUID(), fresh)).status).toBe(201);
    vi.setSystemTime(Date.now() + 3_601_000);
    expect((await post(key, randomUUID(), fresh)).status).toBe(403);
    expect((await post(rotated?.key ?? '', randomUUID(), fresh)).status).toBe(201);
  });

  it('that was rotated without a grace is good no more', async () => {
    const { id, key } = await createKey();
    const [rotated] = await manage({ command: 'rotate', id });

    expect((await post(key, randomUUID())).status).toBe(403);
    expect((await post(rotated?.key ?? '', randomUUID())).status).toBe(201);
  });

  it('is nowhere: not in the database, not in a log, not in a reply', async () => {
    const log = expectErrors();
    const { key, id } = await createKey({ scopes: ['read'] });
    const secret = key.slice(id.length + 1, -6);
    const { body } = await post(key, randomUUID());
    const down = createApiHandler(connect('mongodb://127.0.0.1:9'), options);
    await post(key, randomUUID(), down);

    expect(log).toHaveBeenCalledTimes(1);
    const texts = [
      await keys.find().toArray(),
      log.mock.calls,
      body,
      await manage({ command: 'list' }),
    ];
    expect(JSON.stringify(texts)).toContain(id);
    expect(JSON.stringify(texts)).not.toContain(secret);
  });

  it('cannot be told from others while the database is down: that is no 403', {
    tags: 'long',
  }, async () => {
    expectErrors();
    const down = createApiHandler(connect('mongodb://127.0.0.1:9'), options);

    expect((await post(createStrangersKey(), randomUUID(), down)).status).toBe(503);
    expect((await ask('', toRequests(randomUUID()).listEvents ?? {}, down)).status).toBe(403);
  });

  it('is looked up again after an outage that only the event store has noticed', {
    tags: 'long',
    timeout: 60_000,
  }, async () => {
    const [first, second] = [await createKey(), await createKey()];
    const { forward, atPort } = createForward(database.uri);
    const before = await listen(forward);
    const client = connect(atPort(before.port));
    const lost = createApiHandler(client, options);
    expectErrors();

    const statuses = [(await post(first.key, randomUUID(), lost)).status];
    await before[Symbol.asyncDispose]();
    // The first loses its connection; the second finds no server, and closes the client.
    statuses.push((await post(first.key, randomUUID(), lost)).status);
    statuses.push((await post(first.key, randomUUID(), lost)).status);
    await using _ = await listen(forward, before.port);
    statuses.push((await post(second.key, randomUUID(), lost)).status);
    await client.close();

    expect(statuses).toEqual([201, 503, 503, 201]);
  });

  it('is looked up once a minute; a mistyped one never, one of nobody each time', async () => {
    const { lambda: watched, count } = watchLookUps();
    const { key } = await createKey();
    const mistyped = [
      key.slice(0, -1),
      `${key}A`,
      key.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')),
      key.replace(/^iot_./, (start) => `iot_${start.endsWith('0') ? '1' : '0'}`),
      key.toUpperCase(),
      ` ${key}`,
    ];
    for (const each of [key, key, PLAIN, ...mistyped]) await post(each, randomUUID(), watched);
    expect(count()).toBe(1);

    for (const each of mistyped) expect((await post(each, randomUUID(), watched)).status).toBe(403);
    const stranger = createStrangersKey();
    for (const each of [stranger, stranger]) await post(each, randomUUID(), watched);
    expect(count()).toBe(3);
  });

  it('that is created or rotated works at once, in every process', async () => {
    const processes = [1, 2, 3].map(() => createApiHandler(database.connectAgain(), options));
    const postToAll = (key: string) =>
      Promise.all(processes.map(async (to) => (await post(key, randomUUID(), to)).status));
    const id = createKeyId();
    const secret = createSecret();
    expect(await postToAll(toKeyText({ id, secret }))).toEqual([403, 403, 403]);
    const scopes = ['write' as const];
    const secrets = [{ hash: hashOf(secret) }];
    await keys.insertOne({ _id: id, name: 'x', scopes, secrets, createdAt: new Date() });
    expect(await postToAll(toKeyText({ id, secret }))).toEqual([201, 201, 201]);

    for (const graceHours of [0, 1]) {
      const [rotated] = await manage({ command: 'rotate', id, graceHours });
      expect(await postToAll(rotated?.key ?? '')).toEqual([201, 201, 201]);
    }
  });

  it('stops within a minute after it was revoked or replaced, counted from the look-up’s start', async () => {
    const [first, second] = [await createKey(), await createKey()];
    for (const { key } of [first, second]) expect((await post(key, randomUUID())).status).toBe(201);
    await manage({ command: 'revoke', id: first.id });
    await manage({ command: 'rotate', id: second.id });

    const now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => now + 60_000);
    for (const { key } of [first, second]) expect((await post(key, randomUUID())).status).toBe(403);
  });
});

describe('a flood of unknown keys', () => {
  const flood = (to: ApiHandler, count = 400) =>
    Promise.all(Array.from({ length: count }, () => post(createStrangersKey(), randomUUID(), to)));

  it('is answered with 403, or 503 and Retry-After, and looks up 50 a second at most', async () => {
    const { lambda: watched, count } = watchLookUps();
    const replies = await flood(watched);

    expect(count()).toBe(50);
    expect(replies.filter(({ status }) => status === 403)).toHaveLength(50);
    const [unchecked, ...others] = replies.filter(({ status }) => status === 503);
    expect(others).toHaveLength(349);
    expect(unchecked).toMatchObject({
      retryAfter: expect.stringMatching(/^[1-9]\d*$/),
      body: { type: '/problems/database-unavailable' },
    });
    await expect.poll(async () => (await flood(watched, 1))[0]?.status).toBe(403);
  });

  it('does not keep known keys out, not even when their minute is over', async () => {
    const { lambda: watched } = watchLookUps();
    const { key } = await createKey();
    await post(key, randomUUID(), watched);
    const [, status] = await Promise.all([flood(watched), post(key, randomUUID(), watched)]);
    expect(status).toMatchObject({ status: 201 });

    const now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => now + 60_001);
    await flood(watched);
    expect(await post(key, randomUUID(), watched)).toMatchObject({ status: 201 });
    expect(await post(PLAIN, randomUUID(), watched)).toMatchObject({ status: 201 });
  });

  it('with the id of a known key and other secrets is limited, too', async () => {
    const { lambda: watched, count } = watchLookUps();
    const { id, key } = await createKey();
    await post(key, randomUUID(), watched);
    const guesses = Array.from({ length: 100 }, () => toKeyText({ id, secret: createSecret() }));
    await Promise.all(guesses.map((guess) => post(guess, randomUUID(), watched)));

    expect(count()).toBe(51);
    expect(await post(key, randomUUID(), watched)).toMatchObject({ status: 201 });
  });

  it('is none if the keys are good: a fleet may begin at once', async () => {
    const { lambda: watched } = watchLookUps();
    const fleet = await Promise.all(Array.from({ length: 120 }, () => createKey()));
    for (const part of [fleet.slice(0, 40), fleet.slice(40, 80), fleet.slice(80)]) {
      const replies = await Promise.all(part.map(({ key }) => post(key, randomUUID(), watched)));
      for (const { status } of replies) expect(status).toBe(201);
    }
  });

  it('with a key that is revoked costs no look-up', async () => {
    const { lambda: watched, count } = watchLookUps();
    const { id, key } = await createKey();
    await manage({ command: 'revoke', id });
    for (let i = 0; i < 10; i += 1)
      expect((await post(key, randomUUID(), watched)).status).toBe(403);

    expect(count()).toBe(1);
  });
});

/** A handler like that of another process, and the number of its look-ups. */
function watchLookUps() {
  const client = database.connectAgain();
  let lookUps = 0;
  client.on('commandStarted', ({ command }) => {
    if (command.find === 'keys') lookUps += 1;
  });
  const again = () => createApiHandler(client, options);
  return { lambda: again(), again, count: () => lookUps };
}

describe('an operator', () => {
  it.each([
    [{ command: 'drop' }, 'command must be create, list, rotate or revoke'],
    [{ command: 'create', scopes: ['read'] }, 'name must be text'],
    [{ command: 'create', name: 'x', scopes: [] }, 'scopes must be some of write, read, delete'],
    [{ command: 'create', name: 'x', scopes: ['admin'] }, 'scopes must be some of'],
    [{ command: 'create', name: 'x', scopes: ['read'], devices: ['me'] }, 'devices must be'],
    [{ command: 'create', name: 'x', scopes: ['read'], devices: [] }, 'devices must be'],
    [
      { command: 'create', name: 'x', scopes: ['read'], expiresAt: '2020-01-01' },
      'expiresAt must be',
    ],
    [{ command: 'rotate' }, 'rotate needs the id of a key'],
    [{ command: 'rotate', id: 'iot_0', graceHours: -1 }, 'graceHours must be'],
    [{ command: 'revoke', id: { $ne: '' } }, 'revoke needs the id of a key'],
    [{ command: 'revoke', id: 'iot_0' }, 'There is no key iot_0'],
  ])('who says %j is told that %s', async (input, message) => {
    await expect(async () => manage(input)).rejects.toThrow(message);
  });

  it('cannot rotate a key that is revoked', async () => {
    const { id } = await createKey();
    await manage({ command: 'revoke', id });

    await expect(manage({ command: 'rotate', id })).rejects.toThrow('is revoked: create another');
  });
});
