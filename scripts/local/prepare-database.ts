import { connectToMigrate, migrate } from '../../src/migration/migrate.ts';
import type { RetentionOptions } from '../../src/migration/set-retention.ts';
import { toDatabaseFailure } from './to-database-failure.ts';

/**
 * Creates the indexes and validators in the database, which may be new.
 * @param ended resolves with a message if the database ends
 * @throws an error that names the database and the reason, if it cannot be used
 */
export const prepareDatabase = async (
  uri: string,
  events: RetentionOptions,
  ended: Promise<string>,
): Promise<void> => {
  const failed = ended.then((message) => {
    throw new Error(message);
  });
  try {
    const client = connectToMigrate(uri);
    await Promise.race([migrate(client, events), failed]).finally(() => client.close());
  } catch (cause) {
    throw toDatabaseFailure(cause, uri);
  }
};
