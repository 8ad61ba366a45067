import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startDatabase } from '../../scripts/local/database/start-database.ts';
import { bundleScripts } from './bundle-scripts.ts';

const CACHE = 'node_modules/.cache';

// The compiler for long-lived servers costs a third of the stand-in's work, and gains nothing in minutes.
process.env.JDK_JAVA_OPTIONS ??= '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC';

/** Starts one database server for the whole run, or uses the one of MONGODB_URI; bundles scripts. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const directory = mkdtempSync(join(tmpdir(), 'iot-events-api-'));
  mkdirSync(CACHE, { recursive: true });
  const scripts = mkdtempSync(join(CACHE, 'test-scripts-'));
  const removeDirectory = () => {
    for (const made of [directory, scripts]) rmSync(made, { recursive: true, force: true });
  };
  try {
    const [database] = await Promise.all([
      startDatabase(directory, (progress) => console.error(progress), { isDurable: false }),
      bundleScripts(scripts),
    ]);
    project.provide('mongodbUri', database.uri);
    project.provide('scripts', resolve(scripts));
    return async () => {
      await database.stop();
      removeDirectory();
    };
  } catch (error) {
    removeDirectory();
    throw error;
  }
};
