import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Terraform } from '../tools/terraform.ts';

/** The file with the providers' versions and hashes, in the folder of locks. */
export const toProviderLock = (locks: string): string => join(locks, 'providers.lock.hcl');

/**
 * Initialises Terraform with the locked providers, or locks them the first time.
 * @param locks the folder of locks
 * @throws if the registry has other providers, or if the stack wants others, than are locked
 */
export const initTerraform = (terraform: Terraform, locks: string): void => {
  const lock = toProviderLock(locks);
  const used = join(terraform.directory, '.terraform.lock.hcl');
  if (!existsSync(lock)) {
    rmSync(used, { force: true });
    terraform.run('init', '-input=false');
    mkdirSync(dirname(lock), { recursive: true });
    copyFileSync(used, lock);
    console.log(`! ${lock} locks the providers from now on: commit it`);
    return;
  }
  copyFileSync(lock, used);
  try {
    terraform.run('init', '-input=false', '-lockfile=readonly');
  } catch (cause) {
    throw new Error(
      `terraform init failed. If other providers are wanted than ${lock} has, npm run locks shows the difference and takes them`,
      { cause },
    );
  }
};
