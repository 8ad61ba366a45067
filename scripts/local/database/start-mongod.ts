import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoMemoryServer } from 'mongodb-memory-server';
import { DryMongoBinary } from 'mongodb-memory-server-core/lib/util/DryMongoBinary.js';
import { MongoBinaryDownloadUrl } from 'mongodb-memory-server-core/lib/util/MongoBinaryDownloadUrl.js';
import { MongoInstanceEvents } from 'mongodb-memory-server-core/lib/util/MongoInstance.js';
import { connect } from '../../../src/database/connect.ts';
import { databaseNames } from '../../../src/names/database-names.ts';
import { createDirectory } from '../../shared/directory.ts';
import type { Database, Report } from './database.ts';
import { isAlive } from './is-alive.ts';

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

/** Starts the mongod of this machine, or downloads one; waits for one that still has the data open. */
export const startMongod = async (directory: string, report: Report): Promise<Database> => {
  const dbPath = join(directory, 'mongod');
  createDirectory(dbPath);
  const named = process.env.MONGOMS_SYSTEM_BINARY;
  report(
    named
      ? `Starting ${named}`
      : `Starting mongod ${VERSION} (the first time it is downloaded: about 100 MB)`,
  );
  await waitForLock(join(dbPath, 'mongod.lock'));
  const server = await MongoMemoryServer.create({
    binary: { version: VERSION },
    instance: { dbPath, ip: '127.0.0.1', storageEngine: 'wiredTiger' },
  });
  const uri = server.getUri(databaseNames.database);
  let isStopping = false;
  return {
    uri,
    engine: `mongod ${await readVersion(uri)}`,
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

/**
 * Waits until the process has ended whose id is in the lock file. After a kill of this service, its mongod goes on
 * for some seconds. Gives up after ten: the id may be that of a new process.
 */
async function waitForLock(file: string): Promise<void> {
  const id = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  for (let waited = 0; id > 0 && isAlive(id) && waited < 10_000; waited += 100) await sleep(100);
}

/** MONGOMS_SYSTEM_BINARY may name any version. */
async function readVersion(uri: string): Promise<string> {
  const client = connect(uri);
  const { version } = await client
    .db()
    .command({ buildInfo: 1 })
    .finally(() => client.close());
  return version;
}
