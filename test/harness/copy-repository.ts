import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** All that git has of the repository, or would take, as it is here, with the same packages; returns where. */
export const copyRepository = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'iot-events-copy-'));
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = spawnSync('git', args, { encoding: 'utf8' }).stdout.split('\0').filter(Boolean);
  for (const file of files.filter((name) => !name.startsWith('bench/results')))
    cpSync(file, join(directory, file));
  symlinkSync(resolve('node_modules'), join(directory, 'node_modules'));
  return directory;
};
