import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '../../scripts/simulate/report/to-report.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export type Simulation = {
  code: number | null;
  stdout: string;
  stderr: string;
  /** Undefined if none was written. */
  report: Report | undefined;
};

/**
 * Runs the simulator as `npm run simulate` does, to its end.
 * @param onSending is called once the devices begin to send
 */
export const simulate = async (
  args: string[],
  { apiKey = '', onSending }: { apiKey?: string; onSending?: (child: ChildProcess) => void } = {},
): Promise<Simulation> => {
  const directory = await mkdtemp(join(tmpdir(), 'iot-events-'));
  const file = join(directory, 'report.json');
  const child = spawn(
    process.execPath,
    [
      '--import',
      join(ROOT, 'node_modules/tsx/dist/loader.mjs'),
      join(ROOT, 'scripts/simulate.ts'),
      '--report',
      file,
      ...args,
    ],
    // With a database of its own, wherever the tests run.
    {
      env: { ...process.env, API_KEY: apiKey, MONGODB_URI: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data) => {
    if (stdout === '') onSending?.(child);
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const [code] = await once(child, 'close');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  await rm(directory, { recursive: true });
  return { code, stdout, stderr, report: text === undefined ? undefined : JSON.parse(text) };
};
