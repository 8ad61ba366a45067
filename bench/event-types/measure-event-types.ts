import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { sampleCold } from '../cold/measure-cold.ts';
import type { Contestant } from '../harness/contestant.ts';
import { buildOurs, INSTANT } from '../harness/contestant.ts';
import { pinning } from '../harness/pinning.ts';
import type { Section } from '../report/section.ts';
import { sampleWarm } from '../warm/measure-warm.ts';
import { describeEventTypes } from './describe-event-types.ts';
import { writeTypes } from './write-types.ts';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));
const COUNTS = [0, 20];
const COLD_MS = 40_000;

/** Compares this project with twenty event types in its registry, and with none. */
export const measureEventTypes = async (): Promise<Section> => {
  const [cold, warm]: [Contestant[], Contestant[]] = [[], []];
  for (const count of COUNTS) {
    const folder = join(DIST, `registry-of-${count}`);
    await writeTypes(folder, count);
    const plugins = [withRegistry(folder)];
    const name = `ours-with-${count}`;
    const title = `with ${count} event types`;
    cold.push({ ...(await buildOurs(name, { plugins })), title });
    const instant = await buildOurs(`${name}-instant`, { plugins, alias: INSTANT });
    warm.push({ ...instant, title });
  }
  const bytes = cold.map(({ file }) => statSync(join(dirname(file), 'api.cjs')).size);
  const { results, engine } = await sampleCold(cold, COLD_MS);
  return describeEventTypes({
    bytes,
    cold: results,
    warm: await sampleWarm(warm),
    engine,
    pinning,
  });
};

/** Takes what is made of the registry from the folder, instead of generated/. */
const withRegistry = (folder: string): Plugin => ({
  name: 'registry',
  setup: ({ onResolve }) =>
    onResolve({ filter: /generated\/(event-types\.json|type-validators\.js)$/ }, ({ path }) => ({
      path: join(folder, path.slice(path.lastIndexOf('/') + 1)),
    })),
});
