import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGE = join(ROOT, 'clients/typescript');
/** The files below `contract/` that import a generated one. */
const IMPORTERS = { 'api-types.ts': 'openapi.ts', 'operations.ts': 'client-operations.ts' };

/**
 * Builds clients/typescript as a package without dependencies, for `import` and for `require`, with the sources that its maps
 * name. It contains a copy of the generated types and table. Throws if a file is missing that package.json names.
 */
export const buildClient = async (directory: string): Promise<void> => {
  const output = join(directory, 'dist');
  const sources = join(output, 'src');
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  cpSync(join(PACKAGE, 'src'), sources, { recursive: true });
  for (const [importer, generated] of Object.entries(IMPORTERS)) {
    cpSync(join(ROOT, 'generated', generated), join(sources, 'contract', generated));
    const path = join(sources, 'contract', importer);
    const text = readFileSync(path, 'utf8');
    const place = `../../../../generated/${generated}`;
    if (!text.includes(place)) throw new Error(`${importer} does not import ${place}`);
    writeFileSync(path, text.replaceAll(place, `./${generated}`));
  }
  await emit(sources, 'esm', 'module');
  await emit(sources, 'cjs', 'commonjs');
  nameEmitted(output);
  cpSync(join(ROOT, 'LICENSE'), join(output, 'LICENSE'));
  requireExports(directory);
};

async function emit(sources: string, folder: string, type: string): Promise<void> {
  const project = join(sources, 'tsconfig.json');
  const manifest = join(sources, 'package.json');
  const output = join(sources, '..', folder);
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    declarationMap: true,
    sourceMap: true,
    rewriteRelativeImportExtensions: true,
    verbatimModuleSyntax: type === 'module',
    rootDir: '.',
    outDir: output,
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
  };
  const extended = join(PACKAGE, 'tsconfig.json');
  const config = { extends: extended, compilerOptions, include: ['.'], exclude: [] };
  writeFileSync(project, JSON.stringify(config));
  // Says which kind of module tsc writes, and then how Node reads it.
  writeFileSync(manifest, JSON.stringify({ type }));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  await execa(process.execPath, [tsc, '--project', project]);
  rmSync(project);
  renameSync(manifest, join(output, 'package.json'));
}

/** A package that lacks a file installs without an error, and fails only where it is imported. */
function requireExports(directory: string): void {
  const manifest = readFileSync(join(PACKAGE, 'package.json'), 'utf8');
  const missing = [...manifest.matchAll(/"(\.\/dist\/[^"]+)"/g)].filter(
    ([, path = '']) => !existsSync(join(directory, path)),
  );
  if (missing.length > 0) throw new Error(`The package lacks ${missing.map(([, path]) => path)}`);
}

/** Makes declarations import `.js`, as tsc does for code: older versions of TypeScript do not resolve `.ts` there. */
function nameEmitted(output: string): void {
  for (const name of readdirSync(output, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.d.ts')) continue;
    const path = join(output, name);
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace(/(from '\.{1,2}\/[\w./-]+)\.ts'/g, "$1.js'"),
    );
  }
}
