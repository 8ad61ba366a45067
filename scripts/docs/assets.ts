import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extname } from 'node:path/posix';

/** What pages load. A name has its content's hash, so that browsers may keep it for good. */
export type Assets = {
  /** Takes a file in, from its folder unless the content is given; returns its path in the site. */
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
