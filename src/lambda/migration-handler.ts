import { setTimeout as sleep } from 'node:timers/promises';
import type { MigrationSummary } from '../migration/migrate.ts';
import { connectToMigrate, migrate } from '../migration/migrate.ts';
import type { RetentionOptions } from '../migration/set-retention.ts';
import type { EnvironmentVariables } from '../names/environment-variables.ts';

/** The deployment's options; the environment's hold where one is left out. */
export type MigrationEvent = { retentionDays?: unknown; allowDataLoss?: unknown };

export type MigrationHandler = (event: MigrationEvent | null) => Promise<MigrationSummary>;

/** The function that a deployment invokes. If it throws, the deployment fails with the error's message. */
export const createMigrationHandler = (
  uri: string,
  env: EnvironmentVariables,
  patienceMs = 90_000,
): MigrationHandler => {
  const client = connectToMigrate(uri);
  return async (event) => {
    const options = toOptions(event ?? {}, env);
    await connect(client, patienceMs);
    const summary = await migrate(client, options);
    console.log(JSON.stringify({ level: 'info', migration: summary }));
    return summary;
  };
};

/** Retries, since a new database user reaches all nodes of a cluster only after a while. */
async function connect(
  client: ReturnType<typeof connectToMigrate>,
  patienceMs: number,
): Promise<void> {
  for (const end = performance.now() + patienceMs; ; await sleep(2_000)) {
    try {
      await client.connect();
      return;
    } catch (cause) {
      if (performance.now() < end) continue;
      const { message } = cause as Error;
      throw new Error(`The migration cannot reach the database: ${message}`, { cause });
    }
  }
}

/** Without a retention, events are kept for ever. */
function toOptions(event: MigrationEvent, env: EnvironmentVariables): RetentionOptions {
  const days = event.retentionDays === undefined ? env.RETENTION_DAYS : event.retentionDays;
  const allowed = event.allowDataLoss ?? env.ALLOW_DATA_LOSS;
  return {
    retentionDays: days === undefined || days === null || days === '' ? null : Number(days),
    allowDataLoss: allowed === true || allowed === 'true',
  };
}
