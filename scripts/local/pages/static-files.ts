import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** Files by their URL, relative to the page's path. */
export type StaticFiles = ReadonlyMap<string, Uint8Array>;

/** Reads all files of a directory. */
export const readStaticFiles = async (directory: string): Promise<StaticFiles> => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(async ({ parentPath, name }): Promise<[string, Uint8Array]> => {
      const path = join(parentPath, name);
      return [relative(directory, path).split(sep).join('/'), await readFile(path)];
    });
  return new Map(await Promise.all(files));
};
