import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ENTRIES = { lambda: 'src/lambda.ts', migrate: 'src/migration-lambda.ts' };

/** The driver asks for these and does without; none may slip in because something else installed it. */
const LEFT_OUT = [
  '@mongodb-js/zstd',
  'aws4',
  'gcp-metadata',
  'kerberos',
  'mongodb-client-encryption',
  'snappy',
  'socks',
];

/** For bench/, which builds other functions in the very same way. */
export type BundleOptions = {
  entryPoints?: Record<string, string>;
  alias?: Record<string, string>;
};

/** Makes what goes into the image in `<directory>/function`, and its source maps in `<directory>/maps`. */
export const bundle = async (
  directory: string,
  { entryPoints = {}, alias = {} }: BundleOptions = {},
): Promise<{ file: string; bytes: number }[]> => {
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: { ...ENTRIES, ...entryPoints },
    // Wherever it is written to, it is the same: the source maps name files from here.
    outdir: 'dist/function',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    sourcemap: 'external',
    legalComments: 'none',
    external: LEFT_OUT,
    alias: { '@aws-sdk/credential-providers': join(ROOT, 'src/lambda-credentials.ts'), ...alias },
    // The compiler's settings are not the bundle's.
    tsconfigRaw: {},
    metafile: true,
    write: false,
  });
  const files = outputFiles.map(({ path, contents }) => {
    const folder = path.endsWith('.map') ? 'maps' : 'function';
    return { file: join(directory, folder, basename(path)), contents };
  });
  const licences = Buffer.from(await readLicences(metafile));
  files.push({ file: join(directory, 'function/LICENSES.txt'), contents: licences });
  await rewrite(directory, files);
  return files.map(({ file, contents }) => ({ file, bytes: contents.length }));
};

async function rewrite(
  directory: string,
  files: { file: string; contents: Uint8Array }[],
): Promise<void> {
  for (const folder of ['function', 'maps']) {
    await rm(join(directory, folder), { recursive: true, force: true });
    await mkdir(join(directory, folder), { recursive: true });
  }
  await Promise.all(files.map(({ file, contents }) => writeFile(file, contents)));
}

/** The licences of all packages of which something is in the bundle: they ask to go with it. */
async function readLicences({ inputs }: Metafile): Promise<string> {
  const folders = Object.keys(inputs).flatMap(
    (path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [],
  );
  const texts = [...new Set(folders)].sort().map(async (folder) => {
    const { name, version, license } = JSON.parse(
      await readFile(join(ROOT, folder, 'package.json'), 'utf8'),
    );
    const file = (await readdir(join(ROOT, folder))).find((entry) => /^licen[sc]e/i.test(entry));
    const text = file ? await readFile(join(ROOT, folder, file), 'utf8') : '';
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  return (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`);
}
