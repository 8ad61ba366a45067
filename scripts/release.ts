import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { execa, execaSync } from 'execa';
import { commands } from './command-line/commands.ts';
import { readCommand, refuse } from './command-line/read-command.ts';
import type { Change } from './compare/compare.ts';
import { createCompare } from './compare/compare.ts';
import { findBreaks } from './compare/find-breaks.ts';
import { findUnseenBreaks } from './compare/find-unseen-breaks.ts';
import { listReleases, RELEASED, toRelease } from './compare/list-releases.ts';
import { judgeLevel } from './release/judge-level.ts';
import type { ReleaseOptions } from './release/parse-release.ts';
import { parseRelease } from './release/parse-release.ts';
import { setVersion, toLevel, toNextVersion, WRITTEN } from './release/version.ts';
import { toKinds, withEntry } from './release/with-entry.ts';

const BUNDLE = 'generated/openapi.json';
const CHANGELOG = 'CHANGELOG.md';

const options = readOptions();
const compare =
  createCompare() ??
  fail('Go is not installed (go.dev): it is needed to compare the release with earlier ones');
if (say('git', 'status', '--porcelain')) fail('the working tree is not clean: commit first');

const { level, notes, commit } = options;
const releases = listReleases();
const last = releases.at(-1);
const base = level === 'again' ? releases.at(-2) : last;
const present: string = read(BUNDLE).info.version;
const version = level === 'again' || !base ? present : toNextVersion(base.version, level);
if (level === 'again' && version !== last?.version) fail(`${version} is not released yet`);
if (say('git', 'tag', '--list', `v${version}`)) fail(`${version} is tagged: it cannot change`);

const changes: Change[] = base ? compare(base.contract, BUNDLE) : [];
const breaks = base ? findBreaks(compare, base.contract, BUNDLE) : [];
const faults = base
  ? judgeLevel(toLevel(base.version, version), breaks, read(base.contract), read(BUNDLE))
  : [];
if (faults.length > 0) fail(faults.join('\n✖ '));

const release = toRelease(version);
// The signal ends the step that runs, which throws: what was written is undone.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
try {
  rmSync(dirname(release.contract), { recursive: true, force: true });
  setVersion(version);
  await run('npm', 'run', '--silent', 'generate');
  mkdirSync(dirname(release.contract), { recursive: true });
  copyFileSync(BUNDLE, release.contract);
  await run('npx', 'tsx', 'scripts/release/record.ts', release.exchanges);
  const kinds = base
    ? toKinds(changes, findUnseenBreaks(read(base.contract), read(BUNDLE)))
    : new Map([['Added', listOperations()]]);
  const date = new Date().toISOString().slice(0, 10);
  const changelog = existsSync(CHANGELOG) ? readFileSync(CHANGELOG, 'utf8') : '';
  writeFileSync(CHANGELOG, withEntry(changelog, { version, date, notes, kinds }));
  await run('npm', 'run', '--silent', 'check');
} catch (error) {
  await restore();
  fail(`nothing was released: ${(error as Error).message}`);
}

const steps = [
  ['git', 'add', ...WRITTEN, RELEASED],
  ['git', 'commit', '--message', `chore: release ${version}`],
  ['git', 'tag', '--annotate', `v${version}`, '--message', `v${version}`],
] as const;
if (commit) for (const [command, ...args] of steps) await run(command, ...args);
else {
  const toCommand = (step: readonly string[]) =>
    step.map((part) => (/\s/.test(part) ? `'${part}'` : part)).join(' ');
  console.log(
    `Release ${version} is written. Check ${CHANGELOG}, then run:\n${steps.map(toCommand).join('\n')}`,
  );
}

function readOptions(): ReleaseOptions {
  const line = readCommand('release', commands.release);
  try {
    return parseRelease(line);
  } catch (error) {
    return refuse('release', (error as Error).message);
  }
}

/** Undoes all changes: the working tree was clean. */
async function restore(): Promise<void> {
  rmSync(dirname(release.contract), { recursive: true, force: true });
  const known = [...WRITTEN, RELEASED].filter((path) => say('git', 'ls-files', path));
  if (!known.includes(CHANGELOG)) rmSync(CHANGELOG, { force: true });
  await run('git', 'checkout', '--', ...known);
}

function read(path: string) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function listOperations(): string[] {
  return Object.entries<Record<string, { summary: string }>>(read(BUNDLE).paths).flatMap(
    ([path, item]) =>
      Object.entries(item).map(
        ([method, { summary }]) => `${method.toUpperCase()} ${path}: ${summary}`,
      ),
  );
}

/** Returns what a command prints. */
function say(command: string, ...args: string[]): string {
  return execaSync(command, args).stdout;
}

/** Runs a command. It and this process hear of a signal both: execa's clean-up would end this one with it. */
async function run(command: string, ...args: string[]): Promise<void> {
  await execa(command, args, { stdio: 'inherit', cleanup: false });
}

function fail(fault: string): never {
  console.error(`✖ ${fault}`);
  process.exit(1);
}
