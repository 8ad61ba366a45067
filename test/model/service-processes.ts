import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Local } from '../../scripts/local/start-local.ts';
import { dropDatabase, toDatabaseUri } from '../harness/database.ts';
import { API_KEY, startTestService } from '../harness/local-service.ts';
import { endProcess, readUrl, startProcess } from '../harness/service-process.ts';

/** A service in an operating system's process of its own. */
export type Victim = { url: string; kill(): Promise<void> };

export type ServiceProcesses = {
  url(nth: number): string;
  /** Ends one, with all that it remembers, and starts another in its place. */
  restart(nth: number): Promise<void>;
  /** Returns one more, to be killed while it works. */
  takeVictim(): Promise<Victim>;
};

/** Several whole services, each with a gateway and a router of its own, on one new database. */
export const useServiceProcesses = (count: number): ServiceProcesses => {
  const mongodbUri = toDatabaseUri();
  const running: Local[] = [];
  let directory = '';
  const start = (): Promise<Local> => startTestService({ directory, mongodbUri });
  const startVictim = async (): Promise<Victim> => {
    const env = { PORT: '0', API_KEY, MONGODB_URI: mongodbUri };
    const child = startProcess(directory, env);
    child.stderr?.resume();
    const kill = async () => void (await endProcess(child, 'SIGKILL'));
    const url = await readUrl(child);
    await warmUp(url);
    return { url, kill };
  };
  let victim: Promise<Victim> | undefined;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'iot-events-'));
    for (let nth = 0; nth < count; nth += 1) running.push(await start());
  });
  afterAll(async () => {
    await (await victim)?.kill();
    for (const local of running) await local.stop();
    await dropDatabase(mongodbUri);
    await rm(directory, { recursive: true });
  });
  return {
    url: (nth) => running[nth]?.url ?? '',
    async restart(nth) {
      await running[nth]?.stop();
      running[nth] = await start();
    },
    async takeVictim() {
      const taken = await (victim ?? startVictim());
      // The next one starts while other operations run.
      victim = startVictim();
      victim.catch(() => undefined);
      return taken;
    },
  };
};

/** Stores an event of another device, since the first write of a process takes many times as long as the next. */
async function warmUp(url: string): Promise<void> {
  const event = { deviceID: randomUUID(), eventType: 'a', date: '2026-05-05T00:00:00Z' };
  const response = await fetch(`${url}/events/batch`, {
    method: 'POST',
    headers: { 'x-api-key': API_KEY, 'content-type': 'application/json' },
    body: JSON.stringify({ events: [event] }),
  });
  await response.text();
}
