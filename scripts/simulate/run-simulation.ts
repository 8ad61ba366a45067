import { checkService } from './check-service.ts';
import { createFleet } from './fleet.ts';
import { createHttpClient } from './http-client.ts';
import { createLedger } from './ledger.ts';
import type { Options } from './parse-options.ts';
import type { Progress } from './progress.ts';
import { toProgressLine } from './progress.ts';
import { createRandom } from './random.ts';
import { createGet } from './read-back.ts';
import { createTally } from './tally.ts';
import type { Run } from './to-report.ts';
import { verify } from './verify.ts';

/** Lets a fleet send to the service, then reads everything back. */
export const runSimulation = async (
  options: Options,
  { url, progress, end }: { url: URL; progress: Progress; end: AbortSignal },
): Promise<Omit<Run, 'samples'>> => {
  const client = createHttpClient(url, options.apiKey);
  const [ledger, tally] = [createLedger(), createTally()];
  try {
    await checkService(client, url);
    const startedAt = performance.now();
    const now = (): number => performance.now() - startedAt;
    const random = createRandom(options.seed);
    const fleet = createFleet(options, { client, ledger, tally, random, now });
    let connections = 0;
    progress.start(() => {
      connections = Math.max(connections, client.connections());
      return toProgressLine(tally, { elapsedMs: now(), backlog: fleet.backlog() });
    });
    await fleet.run(end);
    const [sendingMs, backlog] = [now(), fleet.backlog()];
    let line = 'reading back';
    progress.start(() => line);
    const verdict = await verify(ledger, createGet(client, tally), (done, of) => {
      line = `reading back: ${done} of ${of} devices`;
    });
    const traits = fleet.devices.map((device) => device.traits);
    return { options, tally, fleet: traits, sendingMs, backlog, connections, verdict };
  } finally {
    progress.stop();
    client.close();
  }
};
