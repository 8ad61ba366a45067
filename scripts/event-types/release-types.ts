import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReleaseType } from 'semver';
import { inc } from 'semver';
import type { Registry } from '../../openapi/registry.ts';
import { findTypeBreaks } from '../compare/find-type-breaks.ts';
import { readRegistry } from '../generate/event-types/read-registry.ts';
import { EVENT_TYPES, listKeptReleases, RELEASED_TYPES } from './list-type-releases.ts';

const HEADING = '# Changelog of the event types\n';

/**
 * Writes a release of the registry: its changelog, which has its version, and a copy, which later ones must not break.
 * @throws Error if it breaks one of its major version
 */
export const releaseTypes = (level: ReleaseType, notes: string, today: Date): string => {
  const registry = readRegistry(EVENT_TYPES);
  const version = String(inc(registry.version, level));
  const breaks = listKeptReleases(version).flatMap((release) => findTypeBreaks(release, registry));
  if (breaks.length > 0) {
    throw new Error(`${breaks.join('\n✖ ')}\nOnly a major release may take less than before`);
  }
  writeChangelog(version, notes, today);
  mkdirSync(RELEASED_TYPES, { recursive: true });
  const released: Registry = { ...registry, version };
  const path = join(RELEASED_TYPES, `${version}.json`);
  writeFileSync(path, `${JSON.stringify(released, null, 2)}\n`);
  return version;
};

function writeChangelog(version: string, notes: string, today: Date): void {
  const path = join(EVENT_TYPES, 'CHANGELOG.md');
  const before = existsSync(path) ? readFileSync(path, 'utf8').replace(HEADING, '') : '';
  const day = today.toISOString().slice(0, 10);
  writeFileSync(path, `${HEADING}\n## ${version} - ${day}\n\n${notes}\n${before}`);
}
