import { readFileSync, writeFileSync } from 'node:fs';
import type { Level } from './parse-release.ts';

const CONTRACT = 'openapi/openapi.yaml';
const MANIFEST = 'package.json';
const LOCK = 'package-lock.json';

/** What the release writes, beside its own folder. */
export const WRITTEN = [CONTRACT, MANIFEST, LOCK, 'generated', 'CHANGELOG.md'];

export const toNext = (version: string, level: Level): string => {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (level === 'major') return `${major + 1}.0.0`;
  return level === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
};

/** The contract has the version; npm's files have copies of it, which npm run check holds to it. */
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

/** By which level a version is above another. */
export const toLevel = (before: string, after: string): Level => {
  const [a, b] = [before, after].map((version) => version.split('.'));
  if (a?.[0] !== b?.[0]) return 'major';
  return a?.[1] === b?.[1] ? 'patch' : 'minor';
};

const edit = (path: string, change: (text: string) => string): void =>
  writeFileSync(path, change(readFileSync(path, 'utf8')));
