import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execaSync } from 'execa';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGE = join(ROOT, 'clients/typescript');
const TYPES = 'api-types.ts';
const GENERATED = '../../../generated/openapi.ts';

/** Builds clients/typescript as a package without dependencies; it contains a copy of the generated types. */
export const buildClient = (directory: string): void => {
  const sources = join(directory, 'sources');
  const output = join(directory, 'dist');
  rmSync(output, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  cpSync(join(PACKAGE, 'src'), sources, { recursive: true });
  cpSync(join(ROOT, 'generated/openapi.ts'), join(sources, 'openapi.ts'));
  const types = readFileSync(join(sources, TYPES), 'utf8');
  if (!types.includes(GENERATED)) throw new Error(`${TYPES} does not import ${GENERATED}`);
  writeFileSync(join(sources, TYPES), types.replace(GENERATED, './openapi.ts'));
  try {
    emit(sources);
    nameEmitted(output);
    cpSync(join(ROOT, 'LICENSE'), join(output, 'LICENSE'));
  } finally {
    rmSync(sources, { recursive: true });
  }
};

function emit(sources: string): void {
  const project = join(sources, 'tsconfig.json');
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    rewriteRelativeImportExtensions: true,
    rootDir: '.',
    outDir: '../dist',
    typeRoots: [],
  };
  const extended = join(PACKAGE, 'tsconfig.json');
  const config = { extends: extended, compilerOptions, include: ['.'] };
  writeFileSync(project, JSON.stringify(config));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  execaSync(process.execPath, [tsc, '--project', project]);
}

/** Makes declarations import `.js`, as tsc does for code: older versions of TypeScript do not resolve `.ts` there. */
function nameEmitted(output: string): void {
  for (const name of readdirSync(output, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.d.ts')) continue;
    const path = join(output, name);
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace(/(from '\.{1,2}\/[\w/-]+)\.ts'/g, "$1.js'"),
    );
  }
}
