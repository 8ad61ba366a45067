import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs a step of a build. If it fails, the error has its output. */
export const run = async (
  command: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<void> => {
  const env = { ...process.env, ...options.env };
  try {
    await promisify(execFile)(command, args, { ...options, env, maxBuffer: 1e8 });
  } catch (cause) {
    const { stdout = '', stderr = '' } = cause as { stdout?: string; stderr?: string };
    const printed = `${stdout}\n${stderr}`.trim().slice(-4_000);
    throw new Error(`${command} ${args.join(' ')} failed:\n${printed}`, { cause });
  }
};
