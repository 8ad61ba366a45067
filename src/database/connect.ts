import type { Db } from 'mongodb';
import { MongoClient } from 'mongodb';
import { databaseNames } from '../names/database-names.ts';

/**
 * Creates the client of a process. It connects in the background, and again after an outage.
 * @param uri MongoDB's connection string; a database in its path replaces the default
 */
export const connect = (uri: string): MongoClient => {
  const client = new MongoClient(uri, {
    appName: 'iot-events-api',
    // An Atlas M10 takes 1,500 connections, and each concurrent Lambda call has its own process.
    maxPoolSize: 2,
    minPoolSize: 0,
    // Each is below the deadline in outage.ts.
    serverSelectionTimeoutMS: 3_000,
    waitQueueTimeoutMS: 5_000,
    connectTimeoutMS: 4_000,
    socketTimeoutMS: 6_000,
    // PrivateLink drops a connection after 350 s without traffic, and a frozen process cannot keep it alive.
    maxIdleTimeMS: 300_000,
    // Lambda freezes the process between calls: a stream of heartbeats would be dead when it wakes.
    serverMonitoringMode: 'poll',
    // A field that is undefined must not be stored as null.
    ignoreUndefined: true,
  });
  // Saves the first request this time. If it fails, requests report the outage.
  client.connect().catch(() => undefined);
  return client;
};

/** The database that the connection string names, or the default one. */
export function databaseOf(client: MongoClient): Db {
  const named = client.options.dbName;
  return client.db(named === 'test' ? databaseNames.database : named);
}
