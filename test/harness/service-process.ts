import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { BUNDLED } from './bundle-scripts.ts';

/** A script below `scripts/`, as global-setup.ts has bundled it. */
export const toBundle = (script: (typeof BUNDLED)[number]): string =>
  join(inject('scripts'), script.replace('.ts', '.mjs'));

/** What `npm start` runs, or another script, with its data in a directory of the test. */
export const startProcess = (
  directory: string,
  env: Record<string, string> & { PORT: string; API_KEY: string },
  script: string[] = [toBundle('start.ts')],
): ChildProcess =>
  spawn(process.execPath, script, {
    cwd: directory,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** The address that it tells once it serves. */
export const readUrl = async (child: ChildProcess): Promise<string> => {
  let output = '';
  // The stream stays open: the service goes on writing.
  for await (const chunk of child.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    output += chunk;
    const [, url] = /The API is at (http:\S+)/.exec(output) ?? [];
    if (!url) continue;
    child.stdout?.resume();
    return url;
  }
  throw new Error(`It ended without an address: ${output}`);
};

/** Its exit code; null where the signal ended it. */
export const endProcess = async (
  child: ChildProcess,
  signal: NodeJS.Signals,
): Promise<number | null> => {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exit = once(child, 'exit');
  child.kill(signal);
  const [code] = await exit;
  return code;
};
