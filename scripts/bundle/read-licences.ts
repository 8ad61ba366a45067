import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BundledPackage } from './find-bundled-packages.ts';

/** Joins the licences of the bundled packages, which must go with the bundle. */
export const readLicences = async (packages: BundledPackage[], root: string): Promise<string> => {
  const texts = packages.map(async ({ folder, name, version, license }) => {
    const file = (await readdir(join(root, folder))).find((entry) => /^licen[sc]e/i.test(entry));
    const text = file ? await readFile(join(root, folder, file), 'utf8') : '';
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  return (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`);
};
