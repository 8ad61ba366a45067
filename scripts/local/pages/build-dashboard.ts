import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { NO_FRAMES, toDashboardPolicy } from '../../../cdktf/docs/dashboard-policy.ts';
import { findBundledPackages } from '../../bundle/find-bundled-packages.ts';
import { readLicences } from '../../bundle/read-licences.ts';
import type { StaticFiles } from './static-files.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const DIRECTORY = join(ROOT, 'dist/dashboard');
const SOURCES = ['main.ts', 'style.css', 'index.html', 'icon.svg'];

/** Here, the API may have any origin; a deployment names its own (cdktf/docs/docs-distribution.ts). */
const CONTENT_SECURITY_POLICY = toDashboardPolicy([
  "'self'",
  'https:',
  'http://localhost:*',
  'http://127.0.0.1:*',
]);

/** Headers to serve the page with. The page itself repeats the policy, in case a server does not send it. */
export const DASHBOARD_HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY + NO_FRAMES,
  'Referrer-Policy': 'no-referrer',
};

/** Builds examples/dashboard into files without dependencies, and writes them to dist/dashboard/ too. */
export const buildDashboard = async (): Promise<StaticFiles> => {
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: SOURCES.map((name) => `examples/dashboard/${name}`),
    outdir: DIRECTORY,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    sourcemap: 'linked',
    loader: { '.html': 'copy', '.svg': 'copy' },
    // tsconfig.json has the settings of the type check, not of this bundle.
    tsconfigRaw: {},
    metafile: true,
    write: false,
  });
  const files = new Map(
    outputFiles.map(({ path, contents }) => [basename(path), Buffer.from(contents)]),
  );
  const page = files.get('index.html')?.toString() ?? '';
  files.set(
    'index.html',
    Buffer.from(page.replace('%CONTENT_SECURITY_POLICY%', CONTENT_SECURITY_POLICY)),
  );
  const packages = await findBundledPackages(metafile, ROOT, []);
  files.set('LICENSES.txt', Buffer.from(await readLicences(packages, ROOT)));
  await mkdir(DIRECTORY, { recursive: true });
  await Promise.all([...files].map(([name, bytes]) => writeFile(join(DIRECTORY, name), bytes)));
  return files;
};
