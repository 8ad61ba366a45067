import { readFileSync, writeFileSync } from 'node:fs';
import { diff, inc } from 'semver';
import type { Level } from './parse-release.ts';
import { LEVELS } from './parse-release.ts';

const CONTRACT = 'openapi/openapi.yaml';
const MANIFEST = 'package.json';
const LOCK = 'package-lock.json';

/** The files that a release changes, besides its own folder. */
export const WRITTEN = [CONTRACT, MANIFEST, LOCK, 'generated', 'CHANGELOG.md'];

/** The next version at a level; a prerelease counts as its own release: 1.2.3-rc.1 becomes 1.2.3. */
export const toNextVersion = (version: string, level: Level): string => {
  const next = inc(version, level);
  if (next === null) throw new Error(`${version} is not a semantic version`);
  return next;
};

/** Writes the version into the contract and into npm's files; `npm run check` fails when they differ. */
export const setVersion = (version: string): void => {
  edit(CONTRACT, (text) => text.replace(/^( {2}version: ).*$/m, `$1${version}`));
  edit(MANIFEST, (text) => text.replace(/^( {2}"version": ").*(",)$/m, `$1${version}$2`));
  edit(LOCK, (text) => {
    const lock = JSON.parse(text);
    lock.version = version;
    lock.packages[''].version = version;
    return `${JSON.stringify(lock, null, 2)}\n`;
  });
};

/** The level by which `after` is above `before`; a prerelease has the level of its release. */
export const toLevel = (before: string, after: string): Level => {
  const difference = diff(before, after)?.replace('pre', '');
  return LEVELS.find((level) => level === difference) ?? 'patch';
};

const edit = (path: string, change: (text: string) => string): void =>
  writeFileSync(path, change(readFileSync(path, 'utf8')));
