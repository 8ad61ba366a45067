import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Terraform } from '../tools/terraform.ts';

/** A provider in a lock file. */
export type LockedProvider = { version: string; hashes: string[] };

export type LockedProviders = Record<string, LockedProvider>;

/**
 * Asks the registry for the providers that the stacks want, and downloads them.
 * @param stacks where the synthesised stacks are
 * @param directory where to work; what is there of an earlier time is used again
 * @returns the lock file that Terraform has written
 * @throws if Terraform fails
 */
export const resolveProviders = (stacks: string, directory: string): string => {
  const [stack = ''] = readdirSync(stacks).sort();
  const { terraform } = JSON.parse(readFileSync(join(stacks, stack, 'cdk.tf.json'), 'utf8'));
  mkdirSync(directory, { recursive: true });
  const { required_providers: wanted } = terraform;
  const configuration = { terraform: { required_providers: wanted } };
  writeFileSync(join(directory, 'main.tf.json'), JSON.stringify(configuration));
  const answer = new Terraform(directory).attempt('init', '-input=false', '-upgrade', '-no-color');
  if ('fault' in answer) throw new Error(`Terraform cannot get the providers: ${answer.fault}`);
  return join(directory, '.terraform.lock.hcl');
};

/** Reads a lock file of Terraform's, by the providers' addresses; none if there is no file. */
export const readProviderLock = (file: string): LockedProviders => {
  if (!existsSync(file)) return {};
  const text = readFileSync(file, 'utf8');
  const blocks = text.matchAll(/^provider "([^"]+)" \{\n(.*?)^\}/gms);
  return Object.fromEntries(
    [...blocks].map(([, address, block = '']) => [
      address,
      {
        version: /^ *version *= "([^"]+)"/m.exec(block)?.[1] ?? 'of no version',
        hashes: [...block.matchAll(/"((?:h1|zh):[^"]+)"/g)].map(([, hash = '']) => hash),
      },
    ]),
  );
};

/**
 * Whether two locks take the same packages. Hashes of zip files are of every platform, others of the platform where
 * they were made.
 */
export const isSameProvider = (one: LockedProvider, other?: LockedProvider): boolean => {
  if (one.version !== other?.version) return false;
  const [zips, otherZips] = [one, other].map(({ hashes }) =>
    hashes.filter((hash) => hash.startsWith('zh:')).sort(),
  ) as [string[], string[]];
  if (zips.length > 0 && otherZips.length > 0) return zips.join() === otherZips.join();
  return one.hashes.some((hash) => other.hashes.includes(hash));
};
