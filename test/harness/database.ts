import { randomBytes } from 'node:crypto';
import type { Collection, MongoClient } from 'mongodb';
import { afterAll, beforeAll, inject } from 'vitest';
import { connect } from '../../src/database/connect.ts';
import type { Bucket } from '../../src/events/bucket.ts';
import { collectionOf } from '../../src/events/bucket.ts';
import { migrate } from '../../src/migration/migrate.ts';

export type TestDatabase = {
  uri: string;
  client: MongoClient;
  buckets: Collection<Bucket>;
  /** One more client of the database, as another process would have. */
  connectAgain(): MongoClient;
};

/** Gives the test file a migrated database of its own; afterwards nothing of it is left. */
export const useDatabase = (): TestDatabase => {
  const uri = withDatabaseName(inject('mongodbUri'), `test_${randomBytes(6).toString('hex')}`);
  const client = connect(uri);
  const clients = [client];
  beforeAll(() => migrate(client));
  afterAll(async () => {
    await client.db().dropDatabase();
    await Promise.all(clients.map((opened) => opened.close()));
  });
  return {
    uri,
    client,
    buckets: collectionOf(client),
    connectAgain() {
      // Commands are watched only where this is on; in a URI it is an option like any other.
      const other = connect(`${uri}${uri.includes('?') ? '&' : '?'}monitorCommands=true`);
      clients.push(other);
      return other;
    },
  };
};

/** Puts the name into the URI's path; who logs in there still does so where they did before. */
function withDatabaseName(uri: string, name: string): string {
  const [, server = '', path = '', query = ''] =
    /^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?([^?]*)\??(.*)$/.exec(uri) ?? [];
  const options = new URLSearchParams(query);
  if (server.includes('@') && !options.has('authSource'))
    options.set('authSource', path || 'admin');
  return `${server}/${name}${options.size > 0 ? `?${options}` : ''}`;
}
