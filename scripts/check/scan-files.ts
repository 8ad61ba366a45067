import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSecrets } from './find-secrets.ts';

/** The secrets in all that git has, or would take. */
export const scanFiles = async (directory = '.'): Promise<string[]> => {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { stdout, status } = spawnSync('git', args, { cwd: directory, encoding: 'utf8' });
  if (status !== 0) return ['git ls-files failed: the scan for secrets needs a clone'];
  const paths = stdout.split('\0').filter((path) => path && existsSync(join(directory, path)));
  const found = paths.map((path) => findSecrets(path, readFileSync(join(directory, path), 'utf8')));
  return (await Promise.all(found)).flat();
};
