import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Local, Settings } from '../../scripts/local/start-local.ts';
import { startLocal } from '../../scripts/local/start-local.ts';
import { UNLIMITED } from '../../scripts/local/unlimited.ts';
import { takeConsoleErrors } from './console-errors.ts';
import { dropDatabase, toDatabaseUri } from './database.ts';

export const API_KEY = 'a-key-of-the-tests-0123456789';

/** Starts the whole service on a free port. */
export const startTestService = (
  settings: Pick<Settings, 'directory' | 'mongodbUri'> & Partial<Settings>,
): Promise<Local> =>
  startLocal({
    port: 0,
    apiKey: API_KEY,
    api: UNLIMITED,
    events: {},
    report: () => undefined,
    ...settings,
  });

/**
 * Starts the whole service on a free port for one test file; the URL has the base path. Its database is new and
 * on the server that all tests share: starting takes 50 ms of work, where a server of its own takes more than a second.
 */
export const useLocalService = (
  events: Settings['events'] = {},
  api: Settings['api'] = UNLIMITED,
  basePath = '',
  more: Pick<Settings, 'streamSlots'> = {},
): { url: () => string } => {
  let local: Local | undefined;
  let directory = '';
  const mongodbUri = toDatabaseUri();
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'iot-events-'));
    local = await startTestService({ basePath, directory, api, events, mongodbUri, ...more });
  });
  afterAll(async () => {
    await local?.stop();
    // Of requests that were under way, such as those of a page that is still open.
    takeConsoleErrors();
    await dropDatabase(mongodbUri);
    await rm(directory, { recursive: true });
  });
  return { url: () => local?.url ?? '' };
};
