import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';
import { build } from 'esbuild';
import { bundle } from '../../scripts/bundle.ts';
import type { Peer } from './peers.ts';
import { peers } from './peers.ts';

/** A file with a Lambda handler that answers the two operations. */
export type Contestant = { name: string; title: string; file: string };

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DIST = join(ROOT, 'bench/dist');
const INSTANT = { mongodb: join(ROOT, 'bench/harness/instant-mongodb.ts') };
// For packages that read files beside themselves: CommonJS has no import.meta.
const OWN_URL = "var ownUrl=require('node:url').pathToFileURL(__filename).href;";
const FLOOR = { lambda: 'bench/contestants/floor/index.ts' };

/** What `npm run build` made. */
export const ours: Contestant = {
  name: 'ours',
  title: 'this project',
  file: findEntry(join(ROOT, 'dist')),
};

/** Ours as it is deployed, the floor built in the same way, and each peer as it is and as one file. */
export const buildForCold = async (): Promise<Contestant[]> => [
  ours,
  await buildFloor('floor', {}),
  ...(await Promise.all(peers.map(buildUnbundled))),
  ...(await Promise.all(peers.map((peer) => buildBundled(peer, 'bundled', {})))),
];

/** All as one file, with a driver that answers at once. */
export const buildForWarm = async (): Promise<Contestant[]> => {
  await bundle(join(DIST, 'ours-instant'), { alias: INSTANT });
  return [
    { ...ours, file: findEntry(join(DIST, 'ours-instant')) },
    await buildFloor('floor-instant', INSTANT),
    ...(await Promise.all(peers.map((peer) => buildBundled(peer, 'instant', INSTANT)))),
  ];
};

/** Those that stand behind the local gateway beside ours. */
export const buildForEndToEnd = async (): Promise<Contestant[]> => [
  await buildFloor('floor', {}),
  ...(await Promise.all(
    peers
      .filter(({ name }) => name === 'openapi-backend')
      .map((peer) => buildBundled(peer, 'bundled', {})),
  )),
];

async function buildFloor(name: string, alias: Record<string, string>): Promise<Contestant> {
  await bundle(join(DIST, name), { entryPoints: FLOOR, alias });
  return { name: 'floor', title: 'hand-written floor', file: findEntry(join(DIST, name)) };
}

/** Where Lambda would begin; a loader, where the build makes one, goes before the bundle. */
function findEntry(directory: string): string {
  const loader = join(directory, 'function/index.cjs');
  return existsSync(loader) ? loader : join(directory, 'function/lambda.cjs');
}

/** What a deployment of node_modules runs: its own code compiled, its packages as they were published. */
async function buildUnbundled({ name, title, format }: Peer): Promise<Contestant> {
  const file = join(DIST, name, `index.${format === 'esm' ? 'mjs' : 'cjs'}`);
  await build({ ...toOptions(name), outfile: file, format, packages: 'external' });
  return { name, title: `${title}, unbundled`, file };
}

async function buildBundled(
  { name, title, files }: Peer,
  form: 'bundled' | 'instant',
  alias: Record<string, string>,
): Promise<Contestant> {
  const file = join(DIST, `${name}-${form}`, 'index.cjs');
  const place = { banner: { js: OWN_URL }, define: { 'import.meta.url': 'ownUrl' } };
  await build({ ...toOptions(name), ...place, outfile: file, format: 'cjs', minify: true, alias });
  if (files) {
    const from = join(ROOT, 'bench/node_modules', files);
    await cp(from, join(dirname(file), basename(files)), { recursive: true });
  }
  return form === 'bundled'
    ? { name: `${name}-bundled`, title: `${title}, bundled`, file }
    : { name, title, file };
}

const toOptions = (name: string): BuildOptions => ({
  entryPoints: [join(ROOT, 'bench/contestants', name, 'index.ts')],
  bundle: true,
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
  logLevel: 'error',
  tsconfigRaw: {},
});
