import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { execa } from 'execa';
import { SDKS } from '../places.ts';

/** Type-checks the driver and its SDK as strictly as `tsc --init`, and bundles them; returns the start command. */
export const compileTypeScript = async (name: string, directory: string): Promise<string[]> => {
  const source = join(SDKS, name, 'driver.ts');
  const project = join(directory, 'tsconfig.json');
  const compilerOptions = {
    target: 'ES2022',
    module: 'ESNext',
    moduleResolution: 'Bundler',
    strict: true,
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    types: ['node'],
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    noUncheckedIndexedAccess: true,
    typeRoots: [join(SDKS, '../node_modules/@types')],
  };
  writeFileSync(project, JSON.stringify({ compilerOptions, files: [source] }));
  await execa('npx', ['tsc', '--project', project]);
  const outfile = join(directory, 'driver.mjs');
  await build({ entryPoints: [source], outfile, bundle: true, platform: 'node', format: 'esm' });
  return [process.execPath, outfile];
};
