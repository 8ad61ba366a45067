import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startDatabase } from '../../scripts/local/database/start-database.ts';

/** Starts one database server for the whole run, or uses the one of MONGODB_URI. */
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
