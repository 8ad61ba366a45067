import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandStartedEvent, MongoClient } from 'mongodb';
import { afterEach, describe, expect, it } from 'vitest';
import { createFaultyLink } from '../../scripts/faults/faulty-link.ts';
import { startLocal } from '../../scripts/local/start-local.ts';
import { UNLIMITED } from '../../scripts/local/unlimited.ts';
import { keysOf } from '../../src/access/api-key.ts';
import { toKeyCommand } from '../../src/access/key-command.ts';
import { manageKeys } from '../../src/access/manage-keys.ts';
import { connect } from '../../src/database/connect.ts';
import { toNamedUri } from '../../src/database/to-named-uri.ts';
import { collectionOf } from '../../src/events/bucket.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { createKeysHandler } from '../../src/lambda/keys-handler.ts';
import { connectToMigrate, migrate } from '../../src/migration/migrate.ts';
import { useDatabase } from '../harness/database.ts';
import { expectErrors } from '../harness/expect-errors.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

const { uri } = useDatabase();
const clients: MongoClient[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

/** Opens a client of the test database, with more options in its URI; collects its commands. */
function watch(options: string, open = connect, address = uri) {
  const commands: CommandStartedEvent[] = [];
  const separator = address.includes('?') ? '&' : '?';
  const client = open(`${address}${separator}monitorCommands=true${options}`);
  clients.push(client.on('commandStarted', (event) => commands.push(event)));
  return { client, commands };
}

describe('a write', () => {
  it.each([
    ['', { w: 'majority', j: true }],
    ['&journal=false', { w: 'majority', j: false }],
    ['&w=1', { w: 1 }],
    ['&W=majority', { w: 'majority' }],
    ['&w=2&journal=true', { w: 2, j: true }],
  ])(
    'waits for a majority and its journal unless the URI says otherwise: %j',
    async (options, concern) => {
      expectErrors();
      const { client, commands } = watch(options);
      const lambda = createApiHandler(client);
      const deviceID = randomUUID();
      const event = { deviceID, eventType: 'a', date: '2026-05-05T12:00:00Z' };
      const post = { method: 'POST', body: JSON.stringify(event) };
      // The local engine has one member: what waits for two is not acknowledged there, but it was sent.
      await lambda(proxyEvent(post)).catch(() => undefined);
      await lambda(proxyEvent({ method: 'DELETE', path: `/devices/${deviceID}` }));
      await manageKeys(
        keysOf(client),
        toKeyCommand({ command: 'create', name: 'x', scopes: ['read'] }),
      ).catch(() => undefined);

      const writes = commands.filter(({ commandName }) =>
        ['update', 'delete', 'insert'].includes(commandName),
      );
      expect(writes.map(({ commandName }) => commandName)).toEqual(
        expect.arrayContaining(['update', 'insert']),
      );
      for (const { command } of writes) expect(command.writeConcern).toEqual(concern);
    },
  );

  it('of the migration does so, too', async () => {
    const { client, commands } = watch('', connectToMigrate);
    await migrate(client);

    const [create] = commands.filter(({ commandName }) => commandName === 'createIndexes');
    expect(create?.command.writeConcern).toEqual({ w: 'majority', j: true });
  });
});

describe('a read', () => {
  it('asks the primary, whatever the URI says', async () => {
    const { client } = watch('&readPreference=secondaryPreferred');
    const collections = [collectionOf(client), keysOf(client)];

    expect(collections.map(({ readPreference }) => readPreference?.mode)).toEqual([
      'primary',
      'primary',
    ]);
  });
});

describe('the database', () => {
  it.each(['test', 'events', 'Test', 'a-b'])('is the one that the URI names: %s', async (name) => {
    const address = uri.replace(/\/test_\w+/, `/${name}`);
    const { client, commands } = watch('', connect, address);
    const query = { deviceID: randomUUID(), eventType: 'a', date: '2026-05-05' };

    await createApiHandler(client)(proxyEvent({ query }));
    await manageKeys(keysOf(client), { command: 'list' });

    const migration = watch('', connectToMigrate, address).client;
    expect(commands.map(({ databaseName }) => databaseName)).toContain(name);
    expect(new Set(commands.map(({ databaseName }) => databaseName))).toEqual(new Set([name]));
    expect(collectionOf(migration).dbName).toBe(name);
  });

  it.each([
    'mongodb://127.0.0.1:27017',
    'mongodb://127.0.0.1:27017/',
    'mongodb://user:secret@127.0.0.1:27017,127.0.0.1:27018?replicaSet=rs0',
    'mongodb+srv://cluster.example.org/?retryWrites=true&appName=a/b',
  ])('has to be named: %s', async (address) => {
    expect(() => toNamedUri(address)).toThrow('MONGODB_URI names no database: add its name');
    expect(() => toNamedUri(address)).not.toThrow('secret');
    const settings = { port: 0, apiKey: 'a', api: UNLIMITED, events: {}, report: () => undefined };
    const directory = join(tmpdir(), 'iot-events-unnamed');
    await expect(startLocal({ ...settings, directory, mongodbUri: address })).rejects.toThrow(
      'MONGODB_URI names no database',
    );
  });

  it.each([
    'mongodb://127.0.0.1:27017/test',
    'mongodb://user:secret@a,b:27018/events?replicaSet=rs0',
    'mongodb+srv://cluster.example.org/events?authSource=%24external',
    'mongodb://%2Ftmp%2Fmongodb-27017.sock/events',
  ])('may have any name: %s', (address) => {
    expect(toNamedUri(address)).toBe(address);
  });
});

describe('the key management', () => {
  it('finds the database again after its first connection failed', { tags: 'long' }, async () => {
    const link = await createFaultyLink(uri);
    await link.set('refused');
    const handler = createKeysHandler(link.uri);
    await expect(handler({ command: 'list' })).rejects.toThrow('The database does not answer');
    await link.set('none');

    expect(await handler({ command: 'list' })).toEqual(expect.any(Array));
    await link.close();
  });
});
