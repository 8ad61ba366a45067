import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execaSync } from 'execa';

/** One difference between two contracts. */
export type Change = {
  id: string;
  text: string;
  /** 3 breaks clients, 2 may break them, 1 does not. */
  level: 1 | 2 | 3;
  operation?: string;
  path?: string;
};

/** The differences between two contracts, by oasdiff (https://www.oasdiff.com). */
export type Compare = (base: string, revision: string) => Change[];

const HERE = fileURLToPath(new URL('oasdiff', import.meta.url));
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/oasdiff', import.meta.url));
const LEVELS = join(HERE, 'severity-levels.txt');

/** Builds oasdiff the first time, which takes a minute; returns undefined if Go is not installed. */
export const createCompare = (): Compare | undefined => {
  const program = build();
  if (!program) return undefined;
  return (base, revision) => {
    const options = ['--format=json', `--severity-levels=${LEVELS}`, '--allow-external-refs=false'];
    const args = ['changelog', resolve(base), resolve(revision), ...options];
    // oasdiff looks for a configuration in its working directory: here is none.
    return JSON.parse(execaSync(program, args, { cwd: HERE }).stdout);
  };
};

function build(): string | undefined {
  const version = createHash('sha256')
    .update(readFileSync(join(HERE, 'go.sum')))
    .digest('hex');
  const program = join(CACHE, version.slice(0, 12));
  if (existsSync(program)) return program;
  if (execaSync('go', ['version'], { reject: false }).failed) return undefined;
  console.error('Building oasdiff, once: this takes a minute');
  const fresh = `${program}.${process.pid}`;
  execaSync('go', ['build', '-trimpath', '-o', fresh, 'github.com/oasdiff/oasdiff'], {
    cwd: HERE,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { GOFLAGS: '-mod=readonly', CGO_ENABLED: '0' },
  });
  renameSync(fresh, program);
  return program;
}
