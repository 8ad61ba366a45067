import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Creates a directory with its parents. Node's own `recursive` never returns where a file system answers ENOENT although
 * the parent exists, as /proc does.
 * @throws if it cannot be created
 */
export const createDirectory = (directory: string): void => {
  const path = resolve(directory);
  if (existsSync(path)) return;
  createDirectory(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another start was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
};
