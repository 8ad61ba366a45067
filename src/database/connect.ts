import type { Db } from 'mongodb';
import { MongoClient } from 'mongodb';
import { databaseNames } from '../names/database-names.ts';

/**
 * A client for one process. It connects in the background, and again by itself after an outage.
 * @param uri MongoDB's connection string; a database in its path replaces the default one
 */
export const connect = (uri: string): MongoClient => {
  const client = new MongoClient(uri, {
    appName: 'iot-events-api',
    // An Atlas M10 takes 1,500 connections; each concurrent Lambda call has a process of its own.
    maxPoolSize: 2,
    minPoolSize: 0,
    // Each below the time that outage.ts gives a request.
    serverSelectionTimeoutMS: 3_000,
    waitQueueTimeoutMS: 5_000,
    connectTimeoutMS: 4_000,
    socketTimeoutMS: 6_000,
    // PrivateLink forgets a connection after 350 s without traffic; a frozen process cannot keep it alive.
    maxIdleTimeMS: 300_000,
    // Lambda freezes the process between calls: a stream of heartbeats would be found dead on wake.
    serverMonitoringMode: 'poll',
    // A null must come back as null, and an absent field must not become one.
    ignoreUndefined: true,
  });
  // Requests report an outage; this only starts early what the first of them would wait for.
  client.connect().catch(() => undefined);
  return client;
};

/** The database that the connection string names, else the default one. */
export function databaseOf(client: MongoClient): Db {
  const named = client.options.dbName;
  return client.db(named === 'test' ? databaseNames.database : named);
}
