import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NewEvent, ProblemError } from '../../../clients/typescript/src/index.ts';
import { createClient, createQueue } from '../../../clients/typescript/src/index.ts';
import { createFileStore } from '../../../clients/typescript/src/stores/node/file-store.ts';
import { toDeviceId, toKind } from './kinds.ts';

// A house of devices on one supply, which does what clients/c/test/fleet.c does, with the same arguments and journal.
const [baseUrl = '', folder = '', prefix = '', boot = '', first = '', count = ''] =
  process.argv.slice(2);

const READ_EVERY_MS = 1_500;
const FLUSH_EVERY_MS = 8_000;
const LONGEST_MS = 30_000;
const TIMEOUT_MS = 3_000;
const LAST_TIMEOUT_MS = 20_000;
const SAVES_PER_CUT = 500;
const DAY_AHEAD_MS = 25 * 3_600_000;
const START_MS = Date.now();

let isDraining = false;

const journal = openSync(join(folder, 'journal'), 'a');

const startDevice = (device: number) => {
  const deviceID = toDeviceId(prefix, device);
  const kind = toKind(device);
  const handedOver = new Set<string>();
  const mended = new Set<string>();
  const aheadMs = kind === 'clock never set' ? -START_MS : / ahead/.test(kind) ? DAY_AHEAD_MS : 0;
  let behindMs = 0;
  let readings = 0;

  const note = (what: string, event: { id?: string | null }, why = ''): void =>
    void writeSync(journal, `${what} ${device} ${event.id?.split('/').at(-1)} ${why}\n`);
  const disk = createFileStore(join(folder, `${device}.json`));
  const store = {
    load: disk.load,
    async save(events: NewEvent[]) {
      const cutAt = Math.floor(Math.random() * SAVES_PER_CUT);
      if (cutAt === 0) process.kill(process.pid, 'SIGKILL');
      if (cutAt === 1) setImmediate(() => process.kill(process.pid, 'SIGKILL'));
      await disk.save(events);
      for (const event of events) {
        const id = event.id ?? '';
        if (!handedOver.has(id)) note('H', event);
        handedOver.add(id);
      }
    },
  };
  /** Puts the clock right, and dates the event anew, once. Returns whether it did. */
  const mend = (event: NewEvent, { serverTime }: ProblemError): boolean => {
    const id = event.id ?? '';
    if (!serverTime || !event.date || mended.has(id) || /never mended/.test(kind)) return false;
    mended.add(id);
    behindMs = serverTime.getTime() - (Date.now() + aheadMs);
    queue.add({ ...event, date: new Date(Date.parse(event.date) + behindMs).toISOString() });
    return true;
  };
  const client = createClient({
    baseUrl,
    apiKey: process.env.API_KEY ?? '',
    // Every other device leaves retries to the queue.
    ...(device % 2 === 0 && { retry: false }),
  });
  const addEvents: typeof client.addEvents = (batch, options) =>
    client.addEvents(batch, {
      ...options,
      timeoutMs: isDraining ? LAST_TIMEOUT_MS : TIMEOUT_MS,
    });
  const queue = createQueue(
    { addEvents },
    {
      store,
      flushIntervalMs: FLUSH_EVERY_MS,
      ...(kind === 'small queue' && { maxEvents: 4 }),
      onStored: (event) => note('S', event),
      onRejected(event, error) {
        if (!mend(event, error)) note('T', event, error.type);
      },
      onDropped: (event, reason) => note('T', event, reason),
      onError: () => undefined,
    },
  );
  const read = (): void => {
    readings += 1;
    const value = Number(boot) * 100_000 + readings;
    const date = new Date(Date.now() + aheadMs + behindMs).toISOString();
    const id = `${boot}/${value}`;
    const isBad = kind === 'bad numbers' && readings % 4 === 0;
    const event = { deviceID, eventType: 'reading', id, value: isBad ? Number.NaN : value };
    note('A', event);
    queue.add(kind === 'no clock' ? event : { ...event, date });
  };
  let reading: NodeJS.Timeout | undefined;
  const begin = setTimeout(() => {
    reading = setInterval(read, READ_EVERY_MS);
  }, Math.random() * READ_EVERY_MS);
  return {
    /** Sends what is queued, and ends. */
    async drain() {
      clearTimeout(begin);
      clearInterval(reading);
      let longestMs = FLUSH_EVERY_MS;
      do {
        await sleep(Math.random() * longestMs);
        longestMs = Math.min(2 * longestMs, LONGEST_MS);
        await queue.flush().catch(() => undefined);
      } while (queue.size > 0);
      await queue.close();
    },
  };
};

const devices = Array.from({ length: Number(count) }, (_, index) =>
  startDevice(Number(first) + index),
);
// The test has ended.
process.stdin.once('end', () => process.exit(1));
process.stdin.once('data', async () => {
  isDraining = true;
  await Promise.all(devices.map((device) => device.drain()));
  process.exit();
});
