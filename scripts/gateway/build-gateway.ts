import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { execaSync } from 'execa';
import { findBundledPackages } from '../bundle/find-bundled-packages.ts';
import { readLicences } from '../bundle/read-licences.ts';

// `npm run pack` runs this in gateway/, before npm packs it: the repository's .npmrc turns `prepack` off. The packages
// that it uses are bundled, with their licences, so that the tarball can be installed anywhere.
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OUTPUT = join(ROOT, 'gateway/dist');

rmSync(OUTPUT, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: ROOT,
  entryPoints: { index: 'gateway/index.ts', main: 'gateway/command/main.ts' },
  outdir: OUTPUT,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  metafile: true,
  banner: {
    // Of packages that are CommonJS.
    js: "import { createRequire as toRequire } from 'node:module';\nconst require = toRequire(import.meta.url);",
  },
});
const main = join(OUTPUT, 'main.js');
writeFileSync(main, `#!/usr/bin/env node\n${readFileSync(main, 'utf8')}`, { mode: 0o755 });
const packages = await findBundledPackages(metafile, ROOT, []);
writeFileSync(join(OUTPUT, 'LICENCES.txt'), await readLicences(packages, ROOT));
cpSync(join(ROOT, 'LICENSE'), join(OUTPUT, 'LICENSE'));
emitTypes();

function emitTypes(): void {
  const project = join(OUTPUT, 'tsconfig.json');
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: '..',
    outDir: 'types',
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
  };
  const extended = join(ROOT, 'tsconfig.json');
  writeFileSync(
    project,
    JSON.stringify({ extends: extended, compilerOptions, include: [], files: ['../index.ts'] }),
  );
  execaSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', project]);
  rmSync(project);
  for (const name of readdirSync(join(OUTPUT, 'types'), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.d.ts')) continue;
    const path = join(OUTPUT, 'types', name);
    // As in code: older versions of TypeScript do not resolve `.ts` in declarations.
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace(/(from '\.{1,2}\/[\w/.-]+)\.ts'/g, "$1.js'"),
    );
  }
}
