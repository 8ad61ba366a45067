import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attempt } from '../tools/run.ts';

/** By build argument of the Dockerfile, such as LAMBDA_IMAGE: a base image's name, with a digest if it is locked. */
export type BaseImages = Record<string, string>;

/** The file with the digests, in the folder of locks. The image's tag follows from it, too. */
export const toImageLock = (locks: string): string => join(locks, 'base-images.json');

/** The base images that the Dockerfile asks for, by their tags. */
export const readWantedImages = (dockerfile = 'Dockerfile'): BaseImages =>
  Object.fromEntries(
    [...readFileSync(dockerfile, 'utf8').matchAll(/^ARG (\w+_IMAGE)=(\S+)$/gm)].map(
      ([, name, reference]) => [name, reference],
    ),
  );

/** The locked base images; none before the first deployment. */
export const readLockedImages = (locks: string): BaseImages => {
  const lock = toImageLock(locks);
  return existsSync(lock) ? JSON.parse(readFileSync(lock, 'utf8')) : {};
};

export const writeLockedImages = (locks: string, images: BaseImages): void => {
  mkdirSync(locks, { recursive: true });
  writeFileSync(toImageLock(locks), `${JSON.stringify(images, null, 2)}\n`);
};

/**
 * Asks the registry which digests the names have today.
 * @throws if the registry does not answer
 */
export const resolveImages = (wanted: BaseImages): BaseImages =>
  Object.fromEntries(
    Object.entries(wanted).map(([name, reference]) => [
      name,
      `${reference}@${resolveDigest(reference)}`,
    ]),
  );

function resolveDigest(reference: string): string {
  const inspect = ['buildx', 'imagetools', 'inspect', reference, '--format', '{{json .Manifest}}'];
  const answer = attempt('docker', ...inspect);
  if ('fault' in answer) throw new Error(`${reference} cannot be looked up: ${answer.fault}`);
  const { digest } = JSON.parse(answer.output) as { digest?: unknown };
  if (!/^sha256:[0-9a-f]{64}$/.test(String(digest)))
    throw new Error(`${reference} has no digest: docker said ${answer.output}`);
  return String(digest);
}

/**
 * Returns the locked base images, which it locks the first time.
 * @throws if the Dockerfile asks for others than are locked
 */
export const lockImages = (locks: string, wanted = readWantedImages()): BaseImages => {
  const locked = readLockedImages(locks);
  if (Object.keys(locked).length === 0) {
    const resolved = resolveImages(wanted);
    writeLockedImages(locks, resolved);
    console.log(`! ${toImageLock(locks)} locks the base images from now on: commit it`);
    return resolved;
  }
  const strange = Object.entries(wanted).filter(
    ([name, reference]) => !isDigestOf(reference, locked[name]),
  );
  if (strange.length > 0) {
    const names = strange.map(([, reference]) => reference).join(' and ');
    throw new Error(
      `The Dockerfile asks for ${names}, which ${toImageLock(locks)} does not have: npm run locks -- --take takes it`,
    );
  }
  return locked;
};

const isDigestOf = (reference: string, locked = ''): boolean =>
  locked.startsWith(`${reference}@sha256:`) && /@sha256:[0-9a-f]{64}$/.test(locked);

/** Options of `docker build`, so that each FROM has a digest. */
export const toBuildArguments = (images: BaseImages): string[] =>
  Object.entries(images).flatMap(([name, reference]) => ['--build-arg', `${name}=${reference}`]);
