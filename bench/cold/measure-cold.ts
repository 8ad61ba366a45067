import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { buildWorker } from '../harness/build-worker.ts';
import type { Contestant } from '../harness/contestant.ts';
import { buildForCold } from '../harness/contestant.ts';
import { pinning, toPinned } from '../harness/pinning.ts';
import { readReport } from '../harness/read-report.ts';
import { toNewEvent, toPost } from '../harness/requests.ts';
import type { BenchDatabase } from '../harness/with-database.ts';
import { withDatabase } from '../harness/with-database.ts';
import type { Section } from '../report/section.ts';
import type { ColdResult, Sample } from './cold-result.ts';
import { describeCold } from './describe-cold.ts';

const SAMPLES = 15;
// On a busy machine, the budget allows fewer samples.
const BUDGET_MS = 48_000;
const MIN_ROUNDS = 5;
const MIN_SAMPLES = 3;
const MAX_TURNS = 4;
const QUICK_MS = 120;
const SLOW_MS = 1_000;

/** Compares the cold starts of all functions. */
export const measureCold = async (): Promise<Section> => {
  const { results, engine } = await sampleCold(await buildForCold(), BUDGET_MS);
  return describeCold(results, { engine, pinning });
};

/** Starts each function in a new process, again and again, and lets it store one event. */
export const sampleCold = async (
  contestants: Contestant[],
  budgetMs: number,
): Promise<{ results: ColdResult[]; engine: string }> => {
  const results = contestants.map((contestant): ColdResult => ({ contestant, samples: [] }));
  const script = await buildWorker('cold/take-sample.ts');
  const engine = await withDatabase(async (database) => {
    const end = performance.now() + budgetMs;
    const isOver = (round: number) => round > MIN_ROUNDS && performance.now() > end;
    // The first round only warms up the file cache.
    for (let round = 0; round <= SAMPLES && !isOver(round); round += 1) {
      // Alternate also between repeated turns: a slow contestant leaves the processor's caches full of its data.
      for (let turn = 0; turn < MAX_TURNS; turn += 1) {
        for (const { contestant, samples } of results) {
          if (turn >= toTurns(samples, round)) continue;
          const sample = await takeSample(script, contestant, database);
          if (round > 0 && sample) samples.push(sample);
        }
      }
    }
    return database.engine;
  });
  const silent = results.filter(({ samples }) => samples.length < MIN_SAMPLES);
  if (silent.length > 0) {
    throw new Error(`Too few samples for ${silent.map(({ contestant }) => contestant.title)}`);
  }
  return { results, engine };
};

/** Number of samples per round. A short start has relatively more noise, and repeating it costs less. */
function toTurns([sample]: Sample[], round: number): number {
  if (!sample) return 1;
  const ms = sample.load + sample.first;
  if (ms > SLOW_MS) return round % 2;
  return ms < QUICK_MS ? MAX_TURNS : 1;
}

/** Takes a sample; undefined if the machine stalled for so long that a slow contestant lost its connection. */
async function takeSample(
  script: string,
  { file, title }: Contestant,
  { uri }: BenchDatabase,
): Promise<Sample | undefined> {
  // Of a device of its own: each sample opens a bucket.
  const request = JSON.stringify(toPost({ ...toNewEvent(0), deviceID: randomUUID() }));
  const [command, args] = toPinned([script, file, request]);
  const { status, stdout, stderr } = await run(command, args, {
    PATH: process.env.PATH,
    MONGODB_URI: uri,
    PATIENCE_MS: '30000',
  });
  if (status === 0) return readReport(stdout);
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.length < 200);
  console.error(`${title} did not store its first event:\n${lines.slice(0, 12).join('\n')}`);
  return undefined;
}

const run = (command: string, args: string[], env: NodeJS.ProcessEnv) =>
  new Promise<{ status: number | undefined; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(command, args, { env, timeout: 30_000 }, (_, stdout, stderr) =>
      resolve({ status: child.exitCode ?? undefined, stdout, stderr }),
    );
  });
