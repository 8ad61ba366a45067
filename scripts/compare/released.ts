import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What was released, and is kept for ever. */
export type Release = { version: string; contract: string; exchanges: string };

export const RELEASED = 'openapi/released';

/** Where a release is. */
export const toRelease = (version: string): Release => ({
  version,
  contract: join(RELEASED, version, 'openapi.json'),
  exchanges: join(RELEASED, version, 'exchanges.jsonl'),
});

/** Every release, the oldest first. */
export const listReleases = (): Release[] =>
  (existsSync(RELEASED) ? readdirSync(RELEASED) : [])
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map(toRelease);
