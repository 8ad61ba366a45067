import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { MongoMemoryServer } from 'mongodb-memory-server';
import { DryMongoBinary } from 'mongodb-memory-server-core/lib/util/DryMongoBinary.js';
import { MongoBinaryDownloadUrl } from 'mongodb-memory-server-core/lib/util/MongoBinaryDownloadUrl.js';
import { MongoInstanceEvents } from 'mongodb-memory-server-core/lib/util/MongoInstance.js';
import type { Database, Report } from './database.ts';

const VERSION = '8.0.13';
// mongodb-memory-server itself takes seven seconds to notice that its site cannot be reached.
const PROBE_MS = 1_500;

/** Whether this machine has a mongod, or can download one. */
export const isMongodAvailable = async (): Promise<boolean> => {
  if (process.env.MONGOMS_SYSTEM_BINARY) return true;
  try {
    const options = await DryMongoBinary.generateOptions({ version: VERSION });
    if (await DryMongoBinary.locateBinary(options)) return true;
    const url = await new MongoBinaryDownloadUrl({
      ...options,
      platform: process.platform,
    }).getDownloadUrl();
    return (await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS) })).ok;
  } catch {
    // The site cannot be reached, or has no build of MongoDB for this system.
    return false;
  }
};

export const startMongod = async (directory: string, report: Report): Promise<Database> => {
  const dbPath = join(directory, 'mongod');
  mkdirSync(dbPath, { recursive: true });
  report(`Starting mongod ${VERSION} (the first time it is downloaded: about 100 MB)`);
  const server = await MongoMemoryServer.create({
    binary: { version: VERSION },
    instance: { dbPath, ip: '127.0.0.1', storageEngine: 'wiredTiger' },
  });
  let isStopping = false;
  return {
    // An event is in the journal before it is acknowledged.
    uri: `${server.getUri()}?journal=true`,
    engine: `mongod ${VERSION}`,
    ended: new Promise((resolve) => {
      server.instanceInfo?.instance.once(MongoInstanceEvents.instanceClosed, (code, signal) => {
        if (!isStopping) resolve(signal ? `killed by ${signal}` : `exit code ${code}`);
      });
    }),
    stop: async () => {
      isStopping = true;
      await server.stop({ doCleanup: false });
    },
  };
};
