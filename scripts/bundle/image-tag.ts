import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The platform of the functions; Lambda's default. */
export const PLATFORM = 'linux/amd64';

const DOCKERFILE = fileURLToPath(new URL('../../Dockerfile', import.meta.url));
const BASE_IMAGES = fileURLToPath(new URL('../../locks/base-images.json', import.meta.url));

/**
 * The image's tag: the hash of its content, so that the same code never makes a second image, and newer base images
 * do.
 */
export const imageTag = (
  directory: string,
  dockerfile = DOCKERFILE,
  baseImages = BASE_IMAGES,
): string => {
  const hash = createHash('sha256').update(PLATFORM).update(readFileSync(dockerfile));
  if (existsSync(baseImages)) hash.update('\0').update(readFileSync(baseImages));
  for (const name of readdirSync(directory).sort()) {
    const contents = readFileSync(join(directory, name));
    // With names and lengths, or bytes could move between files unnoticed.
    hash.update(`\0${name}\0${contents.length}\0`).update(contents);
  }
  return hash.digest('hex').slice(0, 16);
};
