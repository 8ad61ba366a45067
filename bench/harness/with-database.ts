import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDatabase } from '../../scripts/local/database/start-database.ts';
import { connect } from '../../src/database/connect.ts';
import { migrate } from '../../src/migration/migrate.ts';

/** A running database and the name of its engine. */
export type BenchDatabase = { uri: string; engine: string };

/** Runs work with a new, migrated database, and deletes the database afterwards. */
export const withDatabase = async <Result>(
  work: (database: BenchDatabase) => Promise<Result>,
): Promise<Result> => {
  const directory = await mkdtemp(join(tmpdir(), 'iot-events-bench-'));
  const database = await startDatabase(directory, console.error, { isDurable: false });
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
