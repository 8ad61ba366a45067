import { cp } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';
import { build } from 'esbuild';
import type { BundleOptions } from '../../scripts/bundle/bundle.ts';
import { API_ENTRY, buildOurWay } from './build-our-way.ts';
import type { Peer } from './peers.ts';
import { peers } from './peers.ts';

/** A file with a Lambda handler for the two operations. */
export type Contestant = { name: string; title: string; file: string };

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DIST = join(ROOT, 'bench/dist');
/** A driver that responds at once. */
export const INSTANT = { mongodb: join(ROOT, 'bench/harness/instant-mongodb.ts') };
// For packages that read their own files by import.meta.url, which CommonJS lacks.
const OWN_URL = "var ownUrl=require('node:url').pathToFileURL(__filename).href;";
const FLOOR = { [API_ENTRY]: 'bench/contestants/floor/index.ts' };
const SILENT = { [API_ENTRY]: 'bench/contestants/silent/index.ts' };

/** Builds this project's function as `npm run build` and the image's build do. */
export const buildOurs = async (
  name = 'ours',
  options: BundleOptions = {},
): Promise<Contestant> => {
  const file = await buildOurWay(join(DIST, name), options);
  return { name: 'ours', title: 'this project', file };
};

/** Builds ours as it is deployed, the floor in the same way, and each peer unbundled and bundled. */
export const buildForCold = async (): Promise<Contestant[]> => [
  await buildOurs(),
  await buildFloor('floor', {}),
  ...(await Promise.all(peers.map(buildUnbundled))),
  // With our whole contract, bundling gains nothing: nearly all of the time goes into the contract.
  ...(await Promise.all(
    peers
      .filter(({ name }) => name !== 'openapi-backend-whole')
      .map((peer) => buildBundled(peer, 'bundled', {})),
  )),
];

/** Builds all as one file each, with a driver that responds at once. */
export const buildForWarm = async (): Promise<Contestant[]> => [
  await buildOurs('ours-instant', { alias: INSTANT }),
  await buildSilent(),
  await buildFloor('floor-instant', INSTANT),
  ...(await Promise.all(peers.map((peer) => buildBundled(peer, 'instant', INSTANT)))),
];

/** Builds the contestants that ours is compared with behind the local gateway. */
export const buildForEndToEnd = async (): Promise<Contestant[]> => [
  await buildFloor('floor', {}),
  ...(await Promise.all(
    peers
      .filter(({ name }) => name === 'openapi-backend')
      .map((peer) => buildBundled(peer, 'bundled', {})),
  )),
];

async function buildFloor(name: string, alias: Record<string, string>): Promise<Contestant> {
  const file = await buildOurWay(join(DIST, name), { entryPoints: FLOOR, alias });
  return { name: 'floor', title: 'hand-written floor', file };
}

async function buildSilent(): Promise<Contestant> {
  const file = await buildOurWay(join(DIST, 'silent-instant'), {
    entryPoints: SILENT,
    alias: INSTANT,
  });
  return { name: 'silent', title: 'this project, without its log', file };
}

/** Builds what a deployment with node_modules runs: own code compiled, packages as published. */
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
