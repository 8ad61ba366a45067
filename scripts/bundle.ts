import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { readLicences } from './read-licences.ts';

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

/** Makes what goes into the image in `<directory>/function`, and its source maps in `<directory>/maps`. */
export const bundle = async (directory: string): Promise<{ file: string; bytes: number }[]> => {
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ENTRIES,
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
    alias: { '@aws-sdk/credential-providers': join(ROOT, 'src/lambda-credentials.ts') },
    // The compiler's settings are not the bundle's.
    tsconfigRaw: {},
    metafile: true,
    write: false,
  });
  const files = outputFiles.map(({ path, contents }) => {
    const folder = path.endsWith('.map') ? 'maps' : 'function';
    return { file: join(directory, folder, basename(path)), contents };
  });
  const licences = Buffer.from(await readLicences(ROOT, metafile));
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
