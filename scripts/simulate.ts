import { writeFileSync } from 'node:fs';
import { commands } from './command-line/commands.ts';
import { readCommand, UsageError } from './command-line/read-command.ts';
import type { Options } from './simulate/parse-options.ts';
import { parseOptions } from './simulate/parse-options.ts';
import { createProgress } from './simulate/report/progress.ts';
import { toReport } from './simulate/report/to-report.ts';
import { toSummary } from './simulate/report/to-summary.ts';
import { runSimulation } from './simulate/run-simulation.ts';
import { startOwnService } from './simulate/service/start-own-service.ts';

const SAME_INTERRUPT_MS = 1_000;

const line = readCommand('simulate', commands.simulate);
try {
  process.exitCode = (await simulate(parseOptions(line.options, process.env))) ? 0 : 1;
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

async function simulate(options: Options): Promise<boolean> {
  const end = endOnInterrupt();
  const progress = createProgress(process.stdout);
  const own = options.url ? undefined : await startOwnService(options.apiKey, progress.say);
  try {
    const url = options.url ?? own?.url ?? new URL('http://localhost');
    progress.say(`${options.devices} devices send to ${url.host}; the seed is ${options.seed}`);
    const run = await runSimulation(options, { url, progress, end });
    // One sample for each second of sending; reading back needs other memory.
    const samples = own?.samples.slice(0, Math.ceil(run.sendingMs / 1_000)) ?? [];
    const report = toReport({ ...run, samples });
    if (options.reportFile)
      writeFileSync(options.reportFile, `${JSON.stringify(report, null, 2)}\n`);
    console.log(toSummary(report));
    return report.passed;
  } finally {
    const log = await own?.stop();
    if (log) console.log(`The log of the service is ${log}`);
  }
}

/** Returns a signal that the first Ctrl-C aborts; a second Ctrl-C ends the process. */
function endOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  process.on('SIGINT', () => {
    first ||= Date.now();
    controller.abort();
    // One Ctrl-C arrives up to three times: from the terminal, npm and tsx.
    if (Date.now() - first > SAME_INTERRUPT_MS) process.exit(130);
  });
  return controller.signal;
}
