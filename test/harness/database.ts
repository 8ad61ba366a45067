import { randomBytes } from 'node:crypto';
import type { Collection } from 'mongodb';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, inject } from 'vitest';
import { connect } from '../../src/database/connect.ts';
import type { Bucket } from '../../src/events/bucket.ts';
import { collectionOf } from '../../src/events/bucket.ts';
import { connectToMigrate, migrate } from '../../src/migration/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    mongodbUri: string;
  }
}

export type TestDatabase = {
  uri: string;
  client: MongoClient;
  buckets: Collection<Bucket>;
  /** Returns another client of the database, like that of another process. */
  connectAgain(): MongoClient;
};

/** Gives the test file a migrated database of its own, and drops it afterwards. */
export const useDatabase = (): TestDatabase => {
  const uri = toDatabaseUri();
  const client = connect(uri);
  const clients = [client];
  beforeAll(async () => {
    const migration = connectToMigrate(uri);
    await migrate(migration).finally(() => migration.close());
    // A client whose first attempt failed stays closed until it is told to connect again.
    await client.connect();
  });
  afterAll(async () => {
    await Promise.all(clients.map((opened) => opened.close()));
    await dropDatabase(uri);
  });
  return {
    uri,
    client,
    buckets: collectionOf(client),
    connectAgain() {
      // Without this option the driver emits no command events; connect() takes it from the URI.
      const other = connect(`${uri}${uri.includes('?') ? '&' : '?'}monitorCommands=true`);
      clients.push(other);
      return other;
    },
  };
};

/** The connection string of a new database on the server that all tests of the run share. */
export const toDatabaseUri = (): string =>
  withDatabaseName(inject('mongodbUri'), `test_${randomBytes(6).toString('hex')}`);

export const dropDatabase = async (uri: string): Promise<void> => {
  const client = new MongoClient(uri);
  await client
    .db()
    .dropDatabase()
    .finally(() => client.close());
};

/** Puts the database's name into the URI's path; users still authenticate against the same database. */
function withDatabaseName(uri: string, name: string): string {
  const [, server = '', path = '', query = ''] =
    /^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?([^?]*)\??(.*)$/.exec(uri) ?? [];
  const options = new URLSearchParams(query);
  if (server.includes('@') && !options.has('authSource'))
    options.set('authSource', path || 'admin');
  return `${server}/${name}${options.size > 0 ? `?${options}` : ''}`;
}
