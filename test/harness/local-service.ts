import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Local, Settings } from '../../scripts/local/start-local.ts';
import { startLocal } from '../../scripts/local/start-local.ts';
import { UNLIMITED } from '../../scripts/local/unlimited.ts';

export const API_KEY = 'a-key-of-the-tests-0123456789';

/** The whole service on a free port, with a database of its own, for one test file; the URL has the base path. */
export const useLocalService = (
  events: Settings['events'] = {},
  api: Settings['api'] = UNLIMITED,
  basePath = '',
): { url: () => string } => {
  let local: Local | undefined;
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'iot-events-'));
    local = await startLocal({
      port: 0,
      apiKey: API_KEY,
      basePath,
      directory,
      api,
      events,
      report: () => undefined,
    });
  });
  afterAll(async () => {
    await local?.stop();
    await rm(directory, { recursive: true });
  });
  return { url: () => local?.url ?? '' };
};
