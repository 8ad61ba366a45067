import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildResult, Plugin } from 'esbuild';
import { build } from 'esbuild';
import { listUnwrittenFaults } from '../generate/handlers/list-unwritten.ts';
import { findBundledPackages } from './find-bundled-packages.ts';
import { readLicences } from './read-licences.ts';
import { standIns } from './stand-ins.ts';
import { toSbom } from './to-sbom.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Lambda calls the handlers of load-api, migration, keys and audit; load-api loads api.cjs. */
const ENTRIES = {
  api: 'src/lambda/api.ts',
  audit: 'src/lambda/audit.ts',
  keys: 'src/lambda/keys.ts',
  'load-api': 'src/lambda/load-api.ts',
  migration: 'src/lambda/migration.ts',
};
/** Run once, while the image is built. */
const TOOLS = {
  'build-code-cache': 'scripts/bundle/build-code-cache.ts',
  'build-code-caches': 'scripts/bundle/build-code-caches.ts',
};

/** For bench/, which builds other functions in the same way. */
export type BundleOptions = {
  entryPoints?: Record<string, string>;
  alias?: Record<string, string>;
  plugins?: Plugin[];
};

/**
 * Bundles the functions. The image's content goes into `<directory>/function`, its source maps into
 * `<directory>/maps`, the scripts of the image's build into `<directory>/tools`, and the list of all bundled
 * packages into `<directory>/sbom.json`.
 * @throws Error if a handler is not written
 */
export const bundle = async (
  directory: string,
  options: BundleOptions = {},
): Promise<{ file: string; bytes: number }[]> => {
  const faults = listUnwrittenFaults();
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const { outputFiles, metafile } = await compile(options);
  const files = outputFiles.map(({ path, contents }) => {
    const name = basename(path);
    return { file: join(directory, toFolder(name), name), contents };
  });
  const packages = await findBundledPackages(metafile, ROOT);
  const licences = Buffer.from(await readLicences(packages, ROOT));
  files.push({ file: join(directory, 'function/LICENSES.txt'), contents: licences });
  const sbom = Buffer.from(await toSbom(packages, ROOT));
  files.push({ file: join(directory, 'sbom.json'), contents: sbom });
  await rewrite(directory, files);
  return files.map(({ file, contents }) => ({ file, bytes: contents.length }));
};

/** Bundles without writing files. */
export const compile = ({
  entryPoints = {},
  alias = {},
  plugins = [],
}: BundleOptions = {}): Promise<BuildResult<{ metafile: true; write: false }>> =>
  build({
    absWorkingDir: ROOT,
    entryPoints: { ...ENTRIES, ...TOOLS, ...entryPoints },
    // Source maps name files relative to this, so that the target directory changes nothing.
    outdir: 'dist/function',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    // A script with a code cache cannot import(). The driver would then not name itself, and MongoDB refuse it.
    supported: { 'dynamic-import': false },
    sourcemap: 'external',
    legalComments: 'none',
    alias: {
      '@aws-sdk/credential-providers': join(ROOT, 'src/lambda/aws-credentials.ts'),
      ...alias,
    },
    plugins: [standIns, ...plugins],
    // tsconfig.json is for the compiler alone.
    tsconfigRaw: {},
    metafile: true,
    write: false,
  });

function toFolder(name: string): string {
  if (name.endsWith('.map')) return 'maps';
  return name.replace('.cjs', '') in TOOLS ? 'tools' : 'function';
}

async function rewrite(
  directory: string,
  files: { file: string; contents: Uint8Array }[],
): Promise<void> {
  for (const folder of ['function', 'maps', 'tools']) {
    await rm(join(directory, folder), { recursive: true, force: true });
    await mkdir(join(directory, folder), { recursive: true });
  }
  await Promise.all(files.map(({ file, contents }) => writeFile(file, contents)));
}
