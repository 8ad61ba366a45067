import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Arguments } from './read-arguments.ts';

// Builders write several files, one after the other.
const QUIET_MS = 200;

/** Serves in a process of its own, which is started again when the document or a function's folder changes. */
export const watchCommand = ({ document, functions }: Arguments, args: string[]): void => {
  const [, script = ''] = process.argv;
  const start = (): ChildProcess =>
    spawn(process.execPath, [script, ...args.filter((word) => word !== '--watch')], {
      stdio: 'inherit',
    });
  let child = start();
  let timer: NodeJS.Timeout | undefined;
  const restart = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const again = () => {
        child = start();
      };
      if (child.exitCode !== null || child.signalCode !== null) again();
      else child.once('exit', again).kill();
    }, QUIET_MS);
  };
  const folders = [document, ...functions.map(({ source }) => source.split('#', 1)[0] ?? '')].map(
    (path) => dirname(resolve(path)),
  );
  for (const folder of new Set(folders)) watch(folder, restart);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      child.kill(signal);
      process.exit(0);
    });
  }
};
