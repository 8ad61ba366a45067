import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** A package with code in the bundle; `folder` is its key in package-lock.json. */
export type BundledPackage = { folder: string; name: string; version: string; license: string };

/** Packages whose code `npm run generate` writes into generated/. */
const WITHIN_GENERATED = ['ajv', 'ajv-formats', 'fast-deep-equal'];

export const findBundledPackages = async (
  { inputs }: Metafile,
  root: string,
  withinSources = WITHIN_GENERATED,
): Promise<BundledPackage[]> => {
  const folders = Object.keys(inputs).flatMap(
    (path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [],
  );
  const within = withinSources.map((name) => `node_modules/${name}`);
  return await Promise.all(
    [...new Set([...folders, ...within])].sort().map(async (folder) => {
      const { name, version, license } = JSON.parse(
        await readFile(join(root, folder, 'package.json'), 'utf8'),
      );
      return { folder, name, version, license };
    }),
  );
};
