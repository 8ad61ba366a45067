import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSecrets } from './find-secrets.ts';
import { listFiles } from './list-files.ts';

/** Finds secrets in the files that git tracks, or would add. */
export const scanFiles = async (directory = '.'): Promise<string[]> => {
  const found = listFiles(directory).map((path) =>
    findSecrets(path, readFileSync(join(directory, path), 'utf8')),
  );
  return (await Promise.all(found)).flat();
};
