import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the functions run on; Lambda's own default. */
export const PLATFORM = 'linux/amd64';

const DOCKERFILE = fileURLToPath(new URL('../../Dockerfile', import.meta.url));

/** The image's tag is the hash of what goes into it: the same code never makes a second image. */
export const imageTag = (directory: string, dockerfile = DOCKERFILE): string => {
  const hash = createHash('sha256').update(PLATFORM).update(readFileSync(dockerfile));
  for (const name of readdirSync(directory).sort()) {
    const contents = readFileSync(join(directory, name));
    // Names and lengths too, or bytes could move from one file to the next unseen.
    hash.update(`\0${name}\0${contents.length}\0`).update(contents);
  }
  return hash.digest('hex').slice(0, 16);
};
