import { createRandom } from './device/random.ts';
import { createFleet } from './fleet.ts';
import { createLedger } from './ledger/ledger.ts';
import { createTally } from './ledger/tally.ts';
import type { Options } from './parse-options.ts';
import type { Progress } from './report/progress.ts';
import { toProgressLine } from './report/progress.ts';
import { toLinks } from './report/to-links.ts';
import type { Run } from './report/to-report.ts';
import { checkService } from './service/check-service.ts';
import { createHttpClient } from './service/http-client.ts';
import { createGet } from './verify/read-stream.ts';
import { verify } from './verify/verify.ts';

/** Runs a fleet against the service, then reads all events back and compares them. */
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
    progress.say(toLinks(url, fleet.devices));
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
