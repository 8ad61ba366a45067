import { execaSync } from 'execa';

/** Runs a command without output; true if it succeeded. */
export type Succeeds = (command: string, ...args: string[]) => boolean;

export const succeeds: Succeeds = (command, ...args) =>
  !execaSync(command, args, { stdio: 'ignore', reject: false }).failed;

/** Runs a command with its output shown; throws if it fails. */
export const run = (command: string, ...args: string[]): void => {
  execaSync(command, args, { stdio: 'inherit' });
};

/** Runs a command and returns its output; throws if it fails. */
export const read = (command: string, ...args: string[]): string =>
  execaSync(command, args, { stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 28 }).stdout;

/** Runs a command; its output, or the last lines of what it complained about. */
export const attempt = (
  command: string,
  ...args: string[]
): { output: string } | { fault: string } => {
  const { failed, stdout, stderr, shortMessage } = execaSync(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    reject: false,
    maxBuffer: 2 ** 28,
  });
  return failed ? { fault: stderr?.trim() || shortMessage || 'it failed' } : { output: stdout };
};
