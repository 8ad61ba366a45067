import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { CommandSucceededEvent } from 'mongodb';
import { BSON, MongoClient } from 'mongodb';
import { collectionOf } from '../../src/events/bucket.ts';
import { buildWorker } from '../harness/build-worker.ts';
import { readReport } from '../harness/read-report.ts';
import type { BenchDatabase } from '../harness/with-database.ts';
import { startSecondEngine, withDatabase } from '../harness/with-database.ts';
import type { Section } from '../report/section.ts';
import { describeReading } from './describe-reading.ts';
import { fillDay, SIZES } from './fill-day.ts';
import { createFloor } from './floor.ts';
import { createOurs } from './ours.ts';
import type { EngineCosts, ReadCost } from './read-cost.ts';
import type { ReadKind } from './reader.ts';
import { createUnbounded } from './unbounded.ts';

const KINDS: ReadKind[] = [
  'newest 10',
  'oldest 10',
  'middle 10, by cursor',
  'middle 10, by cursor, oldest first',
  'middle 10, by until',
  'middle 10, by since',
  'newest 1,000',
  'oldest 1,000',
  'latest',
  'summary by the hour',
];
const WARM_ROUNDS = 5;
const ROUNDS = 15;
// A slow read, such as that of a whole day, is not repeated for so long.
const CELL_MS = 1_000;

/** Reads parts of days of several sizes on two engines, alternating between the readers; all have the same database. */
export const measureReading = async (): Promise<Section> => {
  const engines = [await withDatabase(measure)];
  const second = await withDatabase(measure, startSecondEngine).catch((error: Error) => error);
  if (second instanceof Error) console.error(second.message);
  else engines.push(second);
  return describeReading(engines);
};

async function measure({ uri, engine }: BenchDatabase): Promise<EngineCosts> {
  const client = new MongoClient(uri, { monitorCommands: true, maxPoolSize: 2 });
  try {
    const buckets = collectionOf(client);
    for (const size of SIZES) await fillDay(buckets, size);
    // The local engine reads all documents once, for its indexes.
    await buckets.findOne({ deviceID: 'none' });
    const readers = [
      createOurs(buckets),
      createFloor(buckets),
      await createUnbounded(client.db().collection('days'), SIZES),
    ];
    const costs = KINDS.flatMap((kind) =>
      SIZES.flatMap((size) =>
        readers.map(
          (reader): ReadCost => ({ reader, kind, size, times: [], queries: 0, bytes: 0, found: 0 }),
        ),
      ),
    );
    for (const cost of costs) await countOnce(client, cost);
    await warmUp(costs);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const cost of costs) await time(cost);
    }
    return { engine, costs, peaks: await takePeaks(uri) };
  } finally {
    await client.close();
  }
}

/** Reads often enough that what comes first is no slower for it. The last round counts. */
async function warmUp(costs: ReadCost[]): Promise<void> {
  for (let round = 0; round < WARM_ROUNDS; round += 1) {
    for (const cost of costs) await time(cost);
  }
  for (const { times } of costs) times.splice(0, times.length - 1);
}

/** Counts what the database returns. */
async function countOnce(client: MongoClient, cost: ReadCost): Promise<void> {
  const count = ({ reply }: CommandSucceededEvent): void => {
    const { cursor } = reply as { cursor?: { firstBatch?: unknown[]; nextBatch?: unknown[] } };
    const documents = cursor?.firstBatch ?? cursor?.nextBatch;
    if (!documents) return;
    cost.queries += 1;
    for (const document of documents) {
      cost.bytes +=
        document instanceof Uint8Array
          ? document.byteLength
          : BSON.calculateObjectSize(document as object);
    }
  };
  client.on('commandSucceeded', count);
  await time(cost);
  client.off('commandSucceeded', count);
}

async function time(cost: ReadCost): Promise<void> {
  const { reader, kind, size, times, queries, bytes } = cost;
  const isFirst = times.length === 0 && queries === 0 && bytes === 0;
  if (!isFirst && (times.length === 0 || times.reduce((sum, each) => sum + each, 0) > CELL_MS)) {
    return;
  }
  const start = performance.now();
  const found = await reader.read(kind, size).catch((error: Error) => error);
  if (found instanceof Error) {
    console.error(`${reader.title}, ${kind} of ${size}: ${found.message}`);
    times.length = 0;
    return;
  }
  if (found === undefined) return;
  const wanted = kind === 'latest' ? 1 : kind.endsWith('1,000') ? 1_000 : 10;
  if (found < wanted) throw new Error(`${reader.title}, ${kind} of ${size}: found ${found}`);
  times.push(performance.now() - start);
  cost.found = found;
}

/** The peak memory, in bytes, of a process that does nothing else, by size of the day. */
async function takePeaks(uri: string): Promise<Map<number, number>> {
  const script = await buildWorker('reads/take-reading-peak.ts');
  const peaks = new Map<number, number>();
  for (const size of SIZES) {
    const env = { PATH: process.env.PATH, MONGODB_URI: uri };
    const { stdout } = await promisify(execFile)(process.execPath, [script, String(size)], { env });
    peaks.set(size, readReport<{ rss: number }>(stdout).rss);
  }
  return peaks;
}
