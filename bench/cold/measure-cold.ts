import { execFile } from 'node:child_process';
import type { Contestant } from '../harness/build.ts';
import { buildForCold } from '../harness/build.ts';
import type { BenchDatabase } from '../harness/database.ts';
import { withDatabase } from '../harness/database.ts';
import { pinning, toPinned } from '../harness/pinned.ts';
import { toNewEvent, toPost } from '../harness/requests.ts';
import { buildWorker } from '../harness/workers.ts';
import type { Section } from '../report/section.ts';
import { describeCold } from './describe-cold.ts';
import type { Sample } from './take-sample.ts';

export type ColdResult = { contestant: Contestant; samples: Sample[] };

const SAMPLES = 15;
// On a busy machine there are fewer.
const BUDGET_MS = 120_000;
const MIN_SAMPLES = 5;
const MAX_ATTEMPTS = 3;

/** Loads each function and has it store one event, in a fresh process every time, one after another. */
export const measureCold = async (): Promise<Section> => {
  const results = (await buildForCold()).map(
    (contestant): ColdResult => ({ contestant, samples: [] }),
  );
  const script = await buildWorker('cold/take-sample.ts');
  const engine = await withDatabase(async (database) => {
    const end = performance.now() + BUDGET_MS;
    const isOver = (round: number) => round > MIN_SAMPLES && performance.now() > end;
    // The first round only brings the files into the system's cache.
    for (let round = 0; round <= SAMPLES && !isOver(round); round += 1) {
      for (const { contestant, samples } of results) {
        const type = `${contestant.name} ${round}`;
        const sample = await takeSample(script, contestant, type, database);
        if (round > 0) samples.push(sample);
      }
    }
    return database.engine;
  });
  return describeCold(results, { engine, pinning });
};

/** A stalled machine can cost a slow contestant its connection: such a sample is taken again. */
async function takeSample(
  script: string,
  { file, title }: Contestant,
  eventType: string,
  { uri }: BenchDatabase,
): Promise<Sample> {
  const env = { PATH: process.env.PATH, MONGODB_URI: uri };
  let failure = '';
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const request = JSON.stringify(toPost(toNewEvent(0, `${eventType} ${attempt}`)));
    const [command, args] = toPinned([script, file, request]);
    const { status, stdout, stderr } = await run(command, args, env);
    if (status === 0) return JSON.parse(stdout.slice(stdout.lastIndexOf('\n') + 1));
    failure = `${stdout}${stderr}`;
    console.error(`${title} did not store its first event; once more`);
  }
  throw new Error(`${title} did not store its first event: ${failure}`);
}

const run = (command: string, args: string[], env: NodeJS.ProcessEnv) =>
  new Promise<{ status: number | undefined; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(command, args, { env, timeout: 30_000 }, (_, stdout, stderr) =>
      resolve({ status: child.exitCode ?? undefined, stdout, stderr }),
    );
  });
