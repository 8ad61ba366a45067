import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';
import { build } from 'esbuild';

const SCRIPTS = fileURLToPath(new URL('../../scripts/', import.meta.url));

/** Scripts that tests start again and again, below `scripts/`. */
export const BUNDLED = [
  'start.ts',
  'keys.ts',
  'status.ts',
  'local/start-gateway.ts',
  'local/start-streams.ts',
] as const;

/** Packages that look for files beside their own. */
const UNBUNDLED = ['esbuild', 'mongodb-memory-server-core'];

/** Modules find the files of the repository from their own address, which a bundle would change. */
const keepAddresses: Plugin = {
  name: 'keep-addresses',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const address = JSON.stringify(pathToFileURL(path).href);
      return { contents: text.replaceAll('import.meta.url', address), loader: 'ts' };
    }),
};

/**
 * Makes each script one file, which needs a quarter of the processor time to start that tsx does.
 * @param directory is inside the repository, for the packages that are not bundled
 */
export const bundleScripts = async (directory: string): Promise<void> => {
  await build({
    entryPoints: BUNDLED.map((script) => join(SCRIPTS, script)),
    outdir: directory,
    outbase: SCRIPTS,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: UNBUNDLED,
    plugins: [keepAddresses],
    banner: {
      js: 'import * as nodeModule from "node:module"; const require = nodeModule.createRequire(import.meta.url);',
    },
    logLevel: 'warning',
  });
};
