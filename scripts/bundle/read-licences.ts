import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** Of these there are parts in what `npm run generate` writes. */
const WITHIN_GENERATED = ['ajv', 'ajv-formats', 'fast-deep-equal'];

/** The licences of all packages of which something is in the bundle: they ask to go with it. */
export const readLicences = async (
  { inputs }: Metafile,
  root: string,
  withinSources = WITHIN_GENERATED,
): Promise<string> => {
  const folders = Object.keys(inputs).flatMap(
    (path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [],
  );
  const within = withinSources.map((name) => `node_modules/${name}`);
  const texts = [...new Set([...folders, ...within])].sort().map(async (folder) => {
    const { name, version, license } = JSON.parse(
      await readFile(join(root, folder, 'package.json'), 'utf8'),
    );
    const file = (await readdir(join(root, folder))).find((entry) => /^licen[sc]e/i.test(entry));
    const text = file ? await readFile(join(root, folder, file), 'utf8') : '';
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  return (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`);
};
