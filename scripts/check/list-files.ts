import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';

/** Lists the files that git tracks, or would add, by their paths from the directory. */
export const listFiles = (directory = '.'): string[] => {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { stdout, failed } = execaSync('git', args, { cwd: directory, reject: false });
  if (failed) throw new Error('git ls-files failed: npm run check needs a clone of the repository');
  return stdout.split('\0').filter((path) => path && existsSync(join(directory, path)));
};
