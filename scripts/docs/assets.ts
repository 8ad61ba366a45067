import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extname } from 'node:path/posix';

/** The files that pages load. Names contain a hash of the content, so that browsers may cache them for ever. */
export type Assets = {
  /** Adds a file, from the folder unless the content is given; returns its path in the site. */
  add(name: string, content?: string): string;
  files: ReadonlyMap<string, string>;
};

export const createAssets = (folder: string): Assets => {
  const files = new Map<string, string>();
  return {
    files,
    add(name, content = readFileSync(join(folder, name), 'utf8')) {
      const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
      const extension = extname(name);
      const path = `assets/${name.slice(0, -extension.length)}-${hash}${extension}`;
      files.set(path, content);
      return path;
    },
  };
};
