import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Local } from '../../scripts/local/start-local.ts';
import { dropDatabase, toDatabaseUri } from '../harness/database.ts';
import { startTestService } from '../harness/local-service.ts';

export type ServiceProcesses = {
  url(nth: number): string;
  /** Ends one, with all that it remembers, and starts another in its place. */
  restart(nth: number): Promise<void>;
};

/** Several whole services, each with a gateway and a router of its own, on one new database. */
export const useServiceProcesses = (count: number): ServiceProcesses => {
  const mongodbUri = toDatabaseUri();
  const running: Local[] = [];
  let directory = '';
  const start = (): Promise<Local> => startTestService({ directory, mongodbUri });
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'iot-events-'));
    for (let nth = 0; nth < count; nth += 1) running.push(await start());
  });
  afterAll(async () => {
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
  };
};
