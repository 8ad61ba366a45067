import { copyFileSync } from 'node:fs';
import {
  readLockedImages,
  readWantedImages,
  resolveImages,
  writeLockedImages,
} from './base-images.ts';
import { toProviderLock } from './init-terraform.ts';
import type { LockedProvider } from './resolve-providers.ts';
import { isSameProvider, readProviderLock, resolveProviders } from './resolve-providers.ts';

export type CompareLocksProps = {
  /** The folder of locks. */
  locks: string;
  /** Where the synthesised stacks are. */
  stacks: string;
  /** Where providers are downloaded to. */
  directory: string;
  dockerfile?: string;
};

/** One thing that is, or could be, locked. */
export type LockRow = { name: string; locked: string; newest: string; isSame: boolean };

/**
 * Asks the registries what they have, and compares it with what is locked.
 * @returns what there is, and a function that locks what the registries have
 * @throws if a registry does not answer
 */
export const compareLocks = ({
  locks,
  stacks,
  directory,
  dockerfile,
}: CompareLocksProps): { rows: LockRow[]; take: () => void } => {
  const wanted = readWantedImages(dockerfile);
  const [lockedImages, images] = [readLockedImages(locks), resolveImages(wanted)];
  const file = resolveProviders(stacks, directory);
  const [lockedProviders, providers] = [toProviderLock(locks), file].map(readProviderLock);
  const rows = [
    ...Object.entries(images).map(([name, newest]) => ({
      name: wanted[name] ?? name,
      locked: toDigest(lockedImages[name]),
      newest: toDigest(newest),
      isSame: lockedImages[name] === newest,
    })),
    ...Object.entries(providers ?? {}).map(([name, newest]) => ({
      name: name.replace(/^registry\.terraform\.io\//, ''),
      locked: toVersion(lockedProviders?.[name]),
      newest: toVersion(newest),
      isSame: isSameProvider(newest, lockedProviders?.[name]),
    })),
  ];
  const take = () => {
    writeLockedImages(locks, images);
    copyFileSync(file, toProviderLock(locks));
  };
  return { rows, take };
};

const NOTHING = 'not locked';

/** Short enough for a line, long enough to compare. */
const toDigest = (reference?: string): string => reference?.split('@')[1]?.slice(0, 19) ?? NOTHING;

const toVersion = (provider?: LockedProvider): string =>
  provider ? `${provider.version} ${provider.hashes[0]?.slice(0, 15) ?? ''}` : NOTHING;
