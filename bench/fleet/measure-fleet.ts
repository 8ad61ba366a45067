import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { CommandSucceededEvent } from 'mongodb';
import { BSON, MongoClient } from 'mongodb';
import { connect } from '../../src/database/connect.ts';
import { collectionOf } from '../../src/events/bucket.ts';
import { createApiHandlers } from '../../src/lambda/api-handler.ts';
import { buildWorker } from '../harness/build-worker.ts';
import { readReport } from '../harness/read-report.ts';
import { toProxyEvent } from '../harness/requests.ts';
import type { BenchDatabase } from '../harness/with-database.ts';
import { withDatabase } from '../harness/with-database.ts';
import { fillDay } from '../reads/fill-day.ts';
import type { Section } from '../report/section.ts';
import { toSpread, toText } from '../report/statistics.ts';
import type { ExportPeak } from './export-peak.ts';
import { fillFleet } from './fill-fleet.ts';

type Sizes = { devices: number; events: number };
type Handler = ReturnType<typeof createApiHandlers>['handler'];

const ROUNDS = 15;
const MAX_FAILURES = 5;
// One of the simulator's.
const EVENT_TYPE = 'temp_celsius';
const MEGABYTE = 1_000_000;
// Before the fleet sent anything, so that a page finds nobody: the most that it may look at for nothing.
const NEVER = '2020-01-01T00:00:00Z';
const PAGES: [label: string, query: Record<string, string>][] = [
  ['a page of 100', {}],
  ['a page of 1,000', { limit: '1000' }],
  ['a page of 100 with the newest event', { eventType: EVENT_TYPE, include: 'latest' }],
  ['the silent ones, of which there are none', { lastReceivedBefore: NEVER }],
];

/** Measures pages of a fleet's devices, and the export of a day with as many events as are written in ten a second. */
export const measureFleet = (sizes: Sizes = { devices: 10_000, events: 864_000 }) =>
  withDatabase((database) => measure(database, sizes));

async function measure({ uri, engine }: BenchDatabase, sizes: Sizes): Promise<Section> {
  const client = connect(`${uri}?monitorCommands=true`);
  // Without the deadlines of the function.
  const filling = new MongoClient(uri);
  try {
    const { handler } = createApiHandlers(client);
    await fillFleet(collectionOf(filling), sizes.devices);
    const rows: string[][] = [];
    for (const [label, query] of PAGES)
      rows.push([label, ...(await measurePage(client, handler, query))]);
    await fillDay(collectionOf(filling), sizes.events);
    const script = await buildWorker('fleet/take-export-peak.ts');
    const env = { PATH: process.env.PATH, MONGODB_URI: uri };
    const { stdout } = await promisify(execFile)(process.execPath, [script], { env });
    const exported = readReport<ExportPeak>(stdout);
    if (exported.lines !== sizes.events + 1) throw new Error(`Exported ${exported.lines} lines`);
    return describe(engine, sizes, rows, exported);
  } finally {
    await client.close();
    await filling.close();
  }
}

/** The time, the size of the reply, and what the database returned for it. */
async function measurePage(
  client: MongoClient,
  handler: Handler,
  query: Record<string, string>,
): Promise<string[]> {
  const read = { queries: 0, bytes: 0 };
  const count = ({ reply }: CommandSucceededEvent): void => {
    const { cursor } = reply as { cursor?: { firstBatch?: object[]; nextBatch?: object[] } };
    const documents = cursor?.firstBatch ?? cursor?.nextBatch ?? [];
    read.queries += 1;
    for (const document of documents) {
      read.bytes +=
        document instanceof Uint8Array ? document.byteLength : BSON.calculateObjectSize(document);
    }
  };
  const times: number[] = [];
  let found = { devices: 0, bytes: 0 };
  let failures = 0;
  for (let round = 0; round <= ROUNDS; round += 1) {
    if (round === 0) client.on('commandSucceeded', count);
    const start = performance.now();
    const { statusCode, body } = await handler(toProxyEvent('GET', '/devices', query));
    const took = performance.now() - start;
    client.off('commandSucceeded', count);
    if (statusCode !== 200) {
      // A busy machine can take longer than the function's deadline.
      failures += 1;
      if (failures > MAX_FAILURES) throw new Error(body);
      continue;
    }
    // The first round warms up.
    if (round > 0) times.push(took);
    found = { devices: JSON.parse(body).devices.length, bytes: Buffer.byteLength(body) };
  }
  const { median, low, high } = toSpread(times);
  const figures = [found.devices, found.bytes, read.queries, read.bytes];
  return [
    toText(median),
    `${toText(low)}–${toText(high)}`,
    ...figures.map((each) => each.toLocaleString('en')),
  ];
}

function describe(engine: string, sizes: Sizes, pages: string[][], exported: ExportPeak): Section {
  const { bytes, firstByteMs, totalMs, rss, rssBefore } = exported;
  const [devices, events] = [sizes.devices, sizes.events].map((each) => each.toLocaleString('en'));
  return {
    title: `A fleet of ${devices} devices, and an export of ${events} events`,
    notes: [
      `In ${engine}, without HTTP. The devices and their values are the simulator's. The peak is of a process that does nothing else, Node included.`,
    ],
    tables: [
      {
        title: 'GET /devices: milliseconds, devices, bytes of the reply, commands, bytes of BSON',
        columns: ['page', 'median', 'quartiles', 'devices', 'bytes', 'commands', 'BSON'],
        rows: pages,
      },
      {
        title: 'GET /events/export as NDJSON',
        columns: ['bytes', 'first byte, ms', 'last byte, ms', 'peak, MB', 'before, MB'],
        rows: [
          [
            bytes.toLocaleString('en'),
            toText(firstByteMs),
            toText(totalMs),
            toText(rss / MEGABYTE),
            toText(rssBefore / MEGABYTE),
          ],
        ],
      },
    ],
    charts: [],
    targets: [{ what: 'peak memory of an export, MB', got: rss / MEGABYTE, atMost: 256 }],
  };
}
