import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { buildWorker } from '../harness/build-worker.ts';
import { buildOurs } from '../harness/contestant.ts';
import { readReport } from '../harness/read-report.ts';
import { withDatabase } from '../harness/with-database.ts';
import type { Section } from '../report/section.ts';
import { toSpread, toText } from '../report/statistics.ts';
import type { Peak } from './peak.ts';

type Batch = { events: number; peaks: Peak[] };

const BATCHES = [1, 1_000];
const SAMPLES = 7;
const MEGABYTE = 1_000_000;

/** Measures the peak memory of a new process that handles one batch. */
export const measureMemory = async (): Promise<Section> => {
  const script = await buildWorker('memory/take-peak.ts');
  const { file } = await buildOurs();
  const batches = BATCHES.map((events): Batch => ({ events, peaks: [] }));
  const engine = await withDatabase(async ({ uri, engine }) => {
    for (let round = 0; round < SAMPLES; round += 1) {
      for (const { events, peaks } of batches) {
        const args = [script, file, String(events), `memory-${events}-${round}`];
        const env = { PATH: process.env.PATH, MONGODB_URI: uri };
        const { stdout } = await promisify(execFile)(process.execPath, args, { env });
        peaks.push(readReport(stdout));
      }
    }
    return engine;
  });
  return describeMemory(batches, engine);
};

function describeMemory(batches: Batch[], engine: string): Section {
  const rows = batches.map(({ events, peaks }) => ({
    label: `a batch of ${events.toLocaleString('en')}`,
    bytes: peaks[0]?.bodyBytes ?? 0,
    spread: toSpread(peaks.map(({ rss }) => rss / MEGABYTE)),
    peak: Math.max(...peaks.map(({ rss }) => rss)) / MEGABYTE,
  }));
  return {
    title: 'Memory: the router under a batch',
    notes: [
      `The peak resident set (maxRSS), Node included, of a new process that loads the function and stores one batch in ${engine}.`,
    ],
    tables: [
      {
        title: 'Megabytes',
        columns: ['request', 'body, bytes', 'median', 'quartiles', 'largest'],
        rows: rows.map(({ label, bytes, spread: { median, low, high }, peak }) => [
          label,
          bytes.toLocaleString('en'),
          toText(median),
          `${toText(low)}–${toText(high)}`,
          toText(peak),
        ]),
      },
    ],
    charts: [],
    targets: [
      {
        what: 'peak memory under a batch of 1,000 events, MB',
        got: rows.at(-1)?.peak ?? Number.NaN,
        atMost: 128,
      },
    ],
  };
}
