import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What was released, and is kept for ever. */
export type Release = { version: string; contract: string; exchanges: string };

export const RELEASED = 'openapi/released';

/** Every release, the oldest first. */
export const listReleases = (directory = RELEASED): Release[] =>
  (existsSync(directory) ? readdirSync(directory) : [])
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((version) => ({
      version,
      contract: join(directory, version, 'openapi.json'),
      exchanges: join(directory, version, 'exchanges.jsonl'),
    }));
