import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDirectory } from '../../shared/directory.ts';
import { checkDataFormat, writeDataFormat } from './data-format.ts';
import type { Database, Report } from './database.ts';
import { startMongoJavaServer } from './start-mongo-java-server.ts';
import { isMongodAvailable, startMongod } from './start-mongod.ts';
import { toStartFailure } from './to-start-failure.ts';

export type DatabaseOptions = {
  /** If set, the database that it names is used instead, and nothing is started. By default MONGODB_URI. */
  uri?: string | undefined;
  /** Whether nothing acknowledged is lost when a process is killed; false is faster, with mongo-java-server. */
  isDurable?: boolean;
};

/**
 * Starts a database with its data in the directory: mongod, or mongo-java-server if no mongod can be started.
 */
export const startDatabase = async (
  directory: string,
  report: Report,
  { uri = process.env.MONGODB_URI, isDurable = true }: DatabaseOptions = {},
): Promise<Database> => {
  if (uri) {
    report('Connecting to the database of MONGODB_URI, for up to 30 s');
    return {
      uri,
      engine: 'the database of MONGODB_URI',
      ended: new Promise(() => undefined),
      stop: async () => undefined,
    };
  }
  createDirectory(directory);
  checkDataFormat(directory);
  checkNamedProgram(process.env.MONGOMS_SYSTEM_BINARY);
  try {
    writeDataFormat(directory);
    const database = await startOwn(directory, report, isDurable);
    return await withAddress(database, join(directory, ADDRESS_FILE));
  } catch (cause) {
    throw toStartFailure(cause, directory);
  }
};

/** mongodb-memory-server would print a stack trace. */
function checkNamedProgram(path: string | undefined): void {
  if (!path) return;
  try {
    accessSync(path, constants.X_OK);
  } catch (cause) {
    const message = `MONGOMS_SYSTEM_BINARY is ${path}, which is no program that can be run`;
    throw new Error(message, { cause });
  }
}

/** The file that tells other commands of this project the database's address while it runs. */
export const ADDRESS_FILE = 'mongodb-uri';

/** Data stays with the database that stored it: the other one would show none of it. */
async function startOwn(directory: string, report: Report, isDurable: boolean): Promise<Database> {
  const isNamed = Boolean(process.env.MONGOMS_SYSTEM_BINARY);
  const hasMongodData = existsSync(join(directory, 'mongod/WiredTiger'));
  const hasJavaData = existsSync(join(directory, 'events.h2'));
  if (hasJavaData && !hasMongodData && !isNamed)
    return startMongoJavaServer(directory, report, isDurable);
  const isAvailable = await isMongodAvailable();
  if (isAvailable && (hasMongodData || isNamed)) return startMongod(directory, report);
  if (hasMongodData)
    throw new Error(`${directory}/mongod has events, but there is no mongod to read them`);
  if (!isAvailable) return startMongoJavaServer(directory, report, isDurable);
  try {
    return await startMongod(directory, report);
  } catch (error) {
    report(`mongod cannot be started: ${error instanceof Error ? error.message : error}`);
    // It has served nobody.
    rmSync(join(directory, 'mongod'), { recursive: true, force: true });
    return startMongoJavaServer(directory, report, isDurable);
  }
}

async function withAddress(database: Database, file: string): Promise<Database> {
  const remove = () => rmSync(file, { force: true });
  try {
    writeFileSync(file, database.uri);
  } catch (error) {
    remove();
    await database.stop();
    throw error;
  }
  database.ended.then(remove);
  return {
    ...database,
    async stop() {
      remove();
      await database.stop();
    },
  };
}
