import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { findSecrets } from './find-secrets.ts';

/** Finds secrets in the files that git tracks, or would add. */
export const scanFiles = async (directory = '.'): Promise<string[]> => {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { stdout, failed } = execaSync('git', args, { cwd: directory, reject: false });
  if (failed) return ['git ls-files failed: the scan for secrets needs a clone'];
  const paths = stdout.split('\0').filter((path) => path && existsSync(join(directory, path)));
  const found = paths.map((path) => findSecrets(path, readFileSync(join(directory, path), 'utf8')));
  return (await Promise.all(found)).flat();
};
