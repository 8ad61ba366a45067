import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findEngine } from '../../scripts/engine/find-engine.ts';
import { startEngine } from '../../scripts/engine/start-engine.ts';
import { startDatabase } from '../../scripts/local/database/start-database.ts';
import { connect } from '../../src/database/connect.ts';
import { migrate } from '../../src/migration/migrate.ts';

/** A running database and the name of its engine. */
export type BenchDatabase = { uri: string; engine: string };

/** Starts a server with its data in the directory. */
type Start = (directory: string) => Promise<BenchDatabase & { stop(): Promise<unknown> }>;

const startLocal: Start = (directory) =>
  startDatabase(directory, console.error, { isDurable: false });

/** Starts the engine on which the tests of the store run, too; builds it if it is not there. */
export const startSecondEngine: Start = async (directory) => {
  const { uri, stop } = await startEngine(await findEngine(console.error), directory);
  return { uri: `${uri}/bench`, engine: 'SecantusDB', stop };
};

/** Runs work with a new, migrated database, and deletes the database afterwards. */
export const withDatabase = async <Result>(
  work: (database: BenchDatabase) => Promise<Result>,
  start: Start = startLocal,
): Promise<Result> => {
  const directory = await mkdtemp(join(tmpdir(), 'iot-events-bench-'));
  const database = await start(directory);
  try {
    const client = connect(database.uri);
    await migrate(client);
    await client.close();
    return await work(database);
  } finally {
    await database.stop();
    await rm(directory, { recursive: true, force: true });
  }
};
