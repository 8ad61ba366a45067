import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createClient } from '../../../clients/typescript/src/index.ts';
import { toMarkdownTable } from '../../../scripts/shared/to-markdown-table.ts';
import { API_KEY, useLocalService } from '../../harness/local-service.ts';
import { hasCompiler, SANITIZERS, useCompiler } from '../c/compiler.ts';
import { openFaultyDoor } from '../typescript/faulty-door.ts';
import { FAULTS, toFaults } from './faults.ts';
import { KINDS, toDeviceId } from './kinds.ts';
import type { Row } from './ledger.ts';
import { createLedger, sum, toTold } from './ledger.ts';
import { startHouse } from './start-house.ts';

const HOUSES = 4;
const DEVICES_PER_HOUSE = 25;
const CUT_EVERY_MS = 10_000;
const CHAOS_MS = 35_000;

const service = useLocalService();
const compiler = useCompiler();
let folder = '';

describe.skipIf(!hasCompiler)('a fleet of both clients', { tags: 'long' }, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'iot-events-fleet-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('stores each event once or tells why not, whatever proxies, power cuts and clocks do', async () => {
    const programs = { C: [await compileHouse()], TypeScript: await bundleHouse() };
    const door = await openFaultyDoor(service.url());
    door.faults.push(...toFaults(20_000));
    const fleet = Object.entries(programs).flatMap(([client, program], index) =>
      Array.from({ length: HOUSES }, (_, house) => ({
        client,
        folder: join(folder, `${client}-${house}`),
        prefix: randomBytes(4).toString('hex'),
        first: (index * HOUSES + house) * DEVICES_PER_HOUSE,
        program,
      })),
    );
    const houses = await Promise.all(
      fleet.map(async ({ program, prefix, first, folder }) => {
        await mkdir(folder);
        const devices = [String(first), String(DEVICES_PER_HOUSE)];
        return startHouse([...program, door.url, folder, prefix], devices, API_KEY, CUT_EVERY_MS);
      }),
    );

    onTestFinished(() => {
      for (const house of houses) house.end();
    });
    await sleep(CHAOS_MS);
    const disturbed = door.requests.length;
    door.faults.length = 0;
    const codes = await Promise.all(houses.map((house) => house.drain()));
    await door.close();

    const ledgers = { C: createLedger(), TypeScript: createLedger() };
    const client = createClient({ baseUrl: service.url(), apiKey: API_KEY });
    for (const { client: name, folder, prefix, first } of fleet) {
      const ledger = ledgers[name as keyof typeof ledgers];
      ledger.read(await readFile(join(folder, 'journal'), 'utf8'));
      for (let device = first; device < first + DEVICES_PER_HOUSE; device++) {
        ledger.stored(device, await readValues(client, toDeviceId(prefix, device)));
      }
    }
    const cuts = sum(houses.map((house) => house.cuts()));
    const rows = Object.entries(ledgers).flatMap(([name, ledger]) =>
      KINDS.map((kind) => ({ name, kind, row: ledger.rows().get(kind) as Row })),
    );
    const count = `${fleet.length * DEVICES_PER_HOUSE} devices, ${cuts} power cuts`;
    console.log(
      `${count}, ${disturbed} requests by way of ${Object.keys(FAULTS).length} faults\n${toTable(rows)}`,
    );

    expect(codes).toEqual(houses.map(() => 0));
    for (const { name, kind, row } of rows) {
      const of = { client: name, kind };
      expect({ ...of, ...row }).toMatchObject({ ...of, lost: [], twice: [], strange: [] });
      expect({ ...of, sum: row.storedOnce + toTold(row) }).toEqual({ ...of, sum: row.handedOver });
      expect(row.storedOnce > 0).toBe(kind !== 'a day ahead, never mended');
      expect(toTold(row) > 0).toBe(/never mended|small|bad/.test(kind));
    }
    expect(cuts).toBeGreaterThan(HOUSES);
  });
});

/** The C devices, with sanitizers. */
const compileHouse = () =>
  compiler.compileProgram(
    ['test/fleet.c', 'test/posix_transport.c', 'iot_events_http.c'],
    SANITIZERS,
  );

/** The TypeScript devices, as a command of Node. */
async function bundleHouse(): Promise<string[]> {
  const outfile = join(folder, 'house.mjs');
  await build({
    entryPoints: ['test/clients/fleet/house.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
  return [process.execPath, outfile];
}

async function readValues(client: ReturnType<typeof createClient>, deviceID: string) {
  const values: number[] = [];
  const range = { since: '2020-01-01T00:00:00Z', until: '2100-01-01T00:00:00Z' };
  for await (const { value } of client.export({ deviceID, ...range })) values.push(Number(value));
  return values;
}

function toTable(rows: { name: string; kind: string; row: Row }[]): string {
  const header = ['client', 'devices', 'handed over', 'stored once', 'told', 'lost', 'twice'];
  const lines = rows.map(({ name, kind, row }) => [
    name,
    kind,
    row.handedOver,
    row.storedOnce,
    [toTold(row), ...[...row.told].map(([why, times]) => `${why} ${times}`)].join(' · '),
    row.lost.length,
    row.twice.length,
  ]);
  const all = rows.map(({ row }) => row);
  const totals = [
    sum(all.map(({ handedOver }) => handedOver)),
    sum(all.map(({ storedOnce }) => storedOnce)),
    sum(all.map(toTold)),
    sum(all.map(({ lost }) => lost.length)),
    sum(all.map(({ twice }) => twice.length)),
  ];
  return toMarkdownTable(
    [header, ...lines, ['both', 'all', ...totals]].map((line) => line.map(String)),
  );
}
