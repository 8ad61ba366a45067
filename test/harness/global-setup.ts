import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startDatabase } from '../../scripts/local/database/start-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    mongodbUri: string;
  }
}

/** Starts one database for the whole run; with MONGODB_URI set, the run uses that one. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const directory = mkdtempSync(join(tmpdir(), 'iot-events-api-'));
  const removeDirectory = () => rmSync(directory, { recursive: true, force: true });
  try {
    const database = await startDatabase(directory, (progress) => console.error(progress));
    project.provide('mongodbUri', database.uri);
    return async () => {
      await database.stop();
      removeDirectory();
    };
  } catch (error) {
    removeDirectory();
    throw error;
  }
};
