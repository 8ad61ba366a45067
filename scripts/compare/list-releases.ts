import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compare } from 'semver';

/** A released version, and the files that are kept of it. */
export type Release = { version: string; contract: string; exchanges: string };

export const RELEASED = 'openapi/released';

/** The release of a version, whether or not its files exist. */
export const toRelease = (version: string): Release => ({
  version,
  contract: join(RELEASED, version, 'openapi.json'),
  exchanges: join(RELEASED, version, 'exchanges.jsonl'),
});

/** Lists all releases, oldest first. */
export const listReleases = (): Release[] =>
  (existsSync(RELEASED) ? readdirSync(RELEASED) : []).sort(compare).map(toRelease);
