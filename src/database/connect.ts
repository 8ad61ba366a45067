import type { MongoClientOptions } from 'mongodb';
import { MongoClient } from 'mongodb';

/**
 * Creates the client of a process. It connects in the background, and again after an outage.
 * @param uri MongoDB's connection string; without a database in its path, the driver takes `test`
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
    // A secondary may not have what was just acknowledged: an event would be stored twice, a new key unknown.
    readPreference: 'primary',
    ...toWriteConcern(uri),
  });
  // Saves the first request this time. If it fails, requests report the outage.
  client.connect().catch(() => undefined);
  return client;
};

/**
 * Writes are acknowledged once a majority has them in its journal, unless the connection string says otherwise.
 * Left to itself, MongoDB takes less: `w: 1` if there are arbiters, and a standalone acknowledges before its journal.
 * https://www.mongodb.com/docs/manual/reference/write-concern/
 */
export const toWriteConcern = (uri: string): Pick<MongoClientOptions, 'w' | 'journal'> => {
  if (/[?&]w=/i.test(uri)) return {};
  return { w: 'majority', ...(!/[?&](j|journal)=/i.test(uri) && { journal: true }) };
};
