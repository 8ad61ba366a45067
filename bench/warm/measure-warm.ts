import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { buildWorker } from '../harness/build-worker.ts';
import type { Contestant } from '../harness/contestant.ts';
import { buildForWarm } from '../harness/contestant.ts';
import { pinning, toPinned } from '../harness/pinning.ts';
import type { Section } from '../report/section.ts';
import { describeWarm } from './describe-warm.ts';
import type { Kind, Order, Report } from './order.ts';
import type { WarmResult } from './warm-result.ts';

type Runner = WarmResult & { child: ChildProcess; ended: Promise<never> };

const ROUNDS = 25;
const ROUND_MS = 35;
// Each kind three times, so that V8 has compiled large functions too, also for the other kinds.
const WARM_UP_MS = 200;
const KINDS: Kind[] = ['valid POST', 'invalid POST', 'GET'];

/** Compares the requests of all functions. */
export const measureWarm = async (): Promise<Section> =>
  describeWarm(await sampleWarm(await buildForWarm()), pinning);

/** Runs each function for a moment, one after another, round after round. */
export const sampleWarm = async (contestants: Contestant[]): Promise<WarmResult[]> => {
  const script = await buildWorker('warm/serve-rounds.ts');
  const runners: Runner[] = [];
  try {
    for (const contestant of contestants) runners.push(await start(script, contestant));
    for (const runner of runners) {
      for (const kind of [...KINDS, ...KINDS, ...KINDS])
        await order(runner, { kind, ms: WARM_UP_MS });
    }
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const kind of KINDS) {
        for (const runner of runners) {
          runner.rounds[kind].push(await order(runner, { kind, ms: ROUND_MS }));
        }
      }
    }
  } finally {
    for (const { child } of runners) child.kill();
  }
  return runners;
};

async function start(script: string, contestant: Contestant): Promise<Runner> {
  const [command, args] = toPinned([script, contestant.file]);
  const child = spawn(command, args, {
    // Nothing listens here: a function with the real driver would respond with 503.
    env: { PATH: process.env.PATH, MONGODB_URI: 'mongodb://127.0.0.1:1/events' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${contestant.title} ended too early`);
  });
  // At the end every process is killed: ignore that.
  ended.catch(() => undefined);
  const report = await receive({ child, ended });
  const findings = 'findings' in report ? report.findings : ['no report'];
  if (findings.length > 0) {
    child.kill();
    throw new Error(`${contestant.title} gives wrong responses:\n${findings.join('\n')}`);
  }
  return { contestant, child, ended, rounds: { 'valid POST': [], 'invalid POST': [], GET: [] } };
}

async function order(runner: Runner, order: Order): Promise<number> {
  runner.child.send(order);
  const report = await receive(runner);
  return 'micros' in report ? report.micros : Number.NaN;
}

async function receive({ child, ended }: Pick<Runner, 'child' | 'ended'>): Promise<Report> {
  const [report] = await Promise.race([once(child, 'message'), ended]);
  return report;
}
