import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Counts } from './count-events.ts';
import { countEvents } from './count-events.ts';
import { startDevices } from './devices.ts';
import { mountDisk } from './disk.ts';
import type { Engine } from './engine.ts';
import { createEngineProcess } from './engine.ts';
import type { Excuse, Fault } from './faults.ts';
import { createFaultyLink } from './faulty-link.ts';
import { startService } from './service.ts';

/** What became of the events of one fault; `recoveryMs` is null if no event was stored any more. */
export type Row = Counts & {
  fault: string;
  engine: string;
  longestMs: number;
  recoveryMs: number | null;
  excuse?: Excuse;
};

/** A fault that could not be brought about on this machine. */
export type Skipped = { fault: string; engine: string; skipped: string };

const API_KEY = 'a-key-of-the-faults-0123456789';
/** How many events each device has stored before, since the first requests of new processes are slow. */
const BEFORE = 5;
const AFTER_MS = 1_000;
const MAX_RECOVERY_MS = 30_000;
/** As long as an event may be, to fill the room that the database has taken in advance. */
const LONG_VALUE = 15_000;

/**
 * Brings a fault about while devices write to a new service on a new database, and counts what is stored afterwards.
 * @param faultMs how long the fault lasts, unless it says so itself
 */
export const runFault = async (
  engine: Engine,
  fault: Fault,
  faultMs: number,
): Promise<Row | Skipped> => {
  const disk = fault.needsDisk ? mountDisk() : undefined;
  const names = { fault: fault.name, engine: engine.name };
  if (fault.needsDisk && !disk) return { ...names, skipped: 'only root can mount a small disk' };
  const directory = disk
    ? join(disk.directory, 'data')
    : mkdtempSync(join(tmpdir(), 'iot-events-'));
  mkdirSync(directory, { recursive: true });
  const stops: (() => unknown)[] = [
    () => (disk ? disk.remove() : rmSync(directory, { recursive: true, force: true })),
  ];
  try {
    const database = await createEngineProcess(engine, directory);
    stops.push(() => database.stop());
    const link = await createFaultyLink(database.uri());
    stops.push(() => link.close());
    const service = await startService(link.uri, API_KEY);
    stops.push(() => service.stop());
    const devices = startDevices(service.url, API_KEY, disk ? LONG_VALUE : 0);
    stops.push(() => devices.stop());
    const scene = { devices, service, link, engine: database, disk };

    while (devices.ledgers.some(({ acknowledged }) => acknowledged.size < BEFORE)) await sleep(10);
    const begunAt = performance.now();
    await fault.begin(scene);
    await sleep(fault.lastsMs ?? faultMs);
    const endedAt = performance.now();
    await fault.end(scene);
    let success: number | undefined;
    while (!success && performance.now() < endedAt + MAX_RECOVERY_MS) {
      await sleep(10);
      success = devices.findSuccess(endedAt);
    }
    await sleep(AFTER_MS);
    await devices.stop();
    const counts = await countEvents(service.url, API_KEY, devices.ledgers);
    return {
      ...names,
      ...counts,
      longestMs: Math.round(devices.findLongestMs(begunAt)),
      recoveryMs: success ? Math.round(success - endedAt) : null,
      ...(fault.excuse?.engine === engine.name && { excuse: fault.excuse }),
    };
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
};
