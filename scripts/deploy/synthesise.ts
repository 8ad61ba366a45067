import { findMissingPackages } from '../shared/find-missing-packages.ts';

/**
 * Writes the stacks of all environments into cdktf.out/.
 * @throws Error if a package of cdktf/ is not installed
 */
export const synthesise = async (): Promise<void> => {
  const missing = findMissingPackages();
  if (missing.length > 0) {
    throw new Error(`Not installed: ${missing.join(', ')}; run npm install (413 MB)`);
  }
  await import('../../cdktf/main.ts');
};
