import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { hashOf, keysOf } from '../../src/access/api-key.ts';
import { toKeyCommand } from '../../src/access/key-command.ts';
import { manageKeys } from '../../src/access/manage-keys.ts';
import { connect } from '../../src/database/connect.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { expectErrors } from '../harness/expect-errors.ts';
import { createForward, listen } from '../harness/outage.ts';
import type { ProxyRequest } from '../harness/proxy-event.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

const PLAIN = 'the plain key of the configuration';
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
  return { status: reply.statusCode, body: isJson ? JSON.parse(reply.body) : undefined };
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
    deleteDevice: { needs: 'delete', method: 'DELETE', path: `/devices/${deviceID}` },
  };
};

describe('a key', () => {
  it.each(['write', 'read', 'delete'])(
    'with the scope %s is good for that alone',
    async (scope) => {
      const { key } = await createKey({ scopes: [scope] });

      for (const [operation, request] of Object.entries(toRequests(randomUUID()))) {
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
    ['of the form, of nobody', `iot_000000000000_${'A'.repeat(43)}`],
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
    const mixed = `${id}_${other.key.slice(other.id.length + 1)}`;

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

    expect((await post(key, randomUUID(), createApiHandler(database.client, options))).status).toBe(
      403,
    );
    const now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => now + 60_001);
    expect((await post(key, randomUUID())).status).toBe(403);
  });

  it('that was rotated stays good as long as it was told to', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { id, key } = await createKey();
    const [rotated] = await manage({ command: 'rotate', id, graceHours: 1 });
    const fresh = createApiHandler(database.client, options);

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
    const secret = key.slice(id.length + 1);
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

  it('cannot be told from others while the database is down: that is no 403', async () => {
    expectErrors();
    const down = createApiHandler(connect('mongodb://127.0.0.1:9'), options);

    expect((await post(`iot_000000000000_${'A'.repeat(43)}`, randomUUID(), down)).status).toBe(503);
    expect((await ask('', toRequests(randomUUID()).listEvents ?? {}, down)).status).toBe(403);
  });

  it('is looked up again after an outage that only the event store has noticed', async () => {
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
  }, 20_000);

  it('is looked up once a minute, as is one that is not there', async () => {
    const client = database.connectAgain();
    let looks = 0;
    client.on('commandStarted', ({ command }) => {
      if (command.find === 'keys') looks += 1;
    });
    const watched = createApiHandler(client, options);
    const { key } = await createKey();
    for (const each of [key, key, `${key.slice(0, 10)}000000_${'A'.repeat(43)}`, PLAIN]) {
      await post(each, randomUUID(), watched);
      await post(each, randomUUID(), watched);
    }

    expect(looks).toBe(2);
  });
});

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
