import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare, major } from 'semver';
import type { Registry } from '../../openapi/registry.ts';

/** The registry of event types, its changelog and its releases. */
export const EVENT_TYPES = 'openapi/event-types';
export const RELEASED_TYPES = join(EVENT_TYPES, 'released');

/** Lists the releases of the registry, oldest first. */
export const listTypeReleases = (): Registry[] =>
  (existsSync(RELEASED_TYPES) ? readdirSync(RELEASED_TYPES) : [])
    .map((name) => JSON.parse(readFileSync(join(RELEASED_TYPES, name), 'utf8')) as Registry)
    .sort((one, other) => compare(one.version, other.version));

/** Those that today's registry must not break. */
export const listKeptReleases = (version: string): Registry[] =>
  listTypeReleases().filter((release) => major(release.version) === major(version));
