import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { copyRepository } from '../harness/copy-repository.ts';

export type Clone = {
  directory: string;
  run(script: string, ...args: string[]): { status: number | null; stdout: string; stderr: string };
  /** Changes a file. */
  edit(path: string, change: (text: string) => string): void;
  read(path: string): string;
};

/** A copy of the repository's files, for one test file to change and run. */
export const useClone = (): Clone => {
  const directory = copyRepository();
  afterAll(() => rmSync(directory, { recursive: true }));
  const read = (path: string) => readFileSync(join(directory, path), 'utf8');
  return {
    directory,
    run: (script, ...args) =>
      spawnSync(
        process.execPath,
        ['node_modules/tsx/dist/cli.mjs', `scripts/${script}.ts`, ...args],
        {
          cwd: directory,
          encoding: 'utf8',
          timeout: 300_000,
        },
      ),
    edit: (path, change) => writeFileSync(join(directory, path), change(read(path))),
    read,
  };
};
