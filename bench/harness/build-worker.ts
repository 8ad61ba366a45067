import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const BENCH = fileURLToPath(new URL('..', import.meta.url));

/** Compiles a script that runs in a measured process: tsx would be measured too. */
export const buildWorker = async (script: string): Promise<string> => {
  const outfile = join(BENCH, 'dist/workers', script.replace(/\.ts$/, '.cjs'));
  await build({
    entryPoints: [join(BENCH, script)],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    tsconfigRaw: {},
  });
  return outfile;
};
