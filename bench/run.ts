import { existsSync } from 'node:fs';
import { cpus, loadavg, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { execaSync } from 'execa';
import { commands } from '../scripts/command-line/commands.ts';
import { readCommand, refuse } from '../scripts/command-line/read-command.ts';
import { measureCold } from './cold/measure-cold.ts';
import { measureEndToEnd } from './end-to-end/measure-end-to-end.ts';
import { measureEventTypes } from './event-types/measure-event-types.ts';
import { measureFleet } from './fleet/measure-fleet.ts';
import { measureGateway } from './gateway/measure-gateway.ts';
import { measureMemory } from './memory/measure-memory.ts';
import { measureReading } from './reads/measure-reading.ts';
import type { Results, Run } from './report/results.ts';
import type { Section } from './report/section.ts';
import { toMarkdown } from './report/to-markdown.ts';
import { writeResults } from './report/write-results.ts';
import { measureStore } from './store/measure-store.ts';
import { measureWarm } from './warm/measure-warm.ts';

const BENCHMARKS: Record<string, () => Promise<Section>> = {
  cold: measureCold,
  warm: measureWarm,
  store: measureStore,
  reads: measureReading,
  fleet: () => measureFleet(),
  'event-types': measureEventTypes,
  memory: measureMemory,
  'end-to-end': measureEndToEnd,
  gateway: measureGateway,
};

const { words: wanted } = readCommand('bench', commands.bench);
const unknown = wanted.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0) {
  const known = Object.keys(BENCHMARKS).join(', ');
  refuse('bench', `Unknown benchmark, ${unknown.join(', ')}; there are ${known}`);
}

try {
  // A higher priority, which all child processes inherit, reduces the influence of other work.
  setPriority(-10);
} catch {
  console.error(
    'The priority cannot be raised: other work on this machine will disturb the figures',
  );
}
prepare();
const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}`;
const commit = execaSync('git', ['rev-parse', '--short', 'HEAD']).stdout;
const results: Results = {};
for (const [name, measure] of Object.entries(BENCHMARKS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  results[name] = await time(name, measure);
  await writeResults(results);
}
console.log(toMarkdown(results));

/** Installs the contestants' packages. Each benchmark builds its own contestants. */
function prepare(): void {
  const bench = fileURLToPath(new URL('.', import.meta.url));
  if (existsSync(`${bench}node_modules`)) return;
  execaSync('npm', ['ci', '--prefix', bench, '--no-audit', '--no-fund']);
  execaSync('npx', ['tsc', '--project', bench]);
}

async function time(name: string, measure: () => Promise<Section>): Promise<Run> {
  console.error(`${name} …`);
  const [load = 0] = loadavg();
  const date = new Date().toISOString().slice(0, 10);
  const start = performance.now();
  const section = await measure();
  return { section, date, seconds: (performance.now() - start) / 1_000, commit, machine, load };
}
