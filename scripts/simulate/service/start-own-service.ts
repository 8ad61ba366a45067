import { fork } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('service-process.ts', import.meta.url));

/** Resources that the service's process uses at one moment. */
export type ServiceSample = {
  rssMb: number;
  heapMb: number;
  /** Connections that the process opened: those to the database. */
  databaseConnections: number;
  clientConnections: number;
};

/** Messages from the service's process to the simulator. */
export type ServiceMessage = { progress: string } | { url: string } | { sample: ServiceSample };

/** A local service without limits, whose data is deleted afterwards. */
export type OwnService = {
  url: URL;
  /** One per second. */
  samples: ServiceSample[];
  /** Returns the path of the log, if anything was logged. */
  stop(): Promise<string | undefined>;
};

/** @param say prints the progress of the start */
export const startOwnService = async (
  apiKey: string,
  say: (progress: string) => void,
): Promise<OwnService> => {
  // In a file, since the run's progress would hide it.
  const log = join(tmpdir(), `iot-events-simulate-${process.pid}.log`);
  const child = fork(ENTRY, {
    env: { ...process.env, API_KEY: apiKey, PORT: '0' },
    stdio: ['ignore', 'ignore', openSync(log, 'w'), 'ipc'],
  });
  const exited = once(child, 'exit');
  const samples: ServiceSample[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    child.on('message', (message: ServiceMessage) => {
      if ('url' in message) resolve(message.url);
      else if ('progress' in message) say(message.progress);
      else samples.push(message.sample);
    });
    exited.then(() => reject(new Error(readFileSync(log, 'utf8'))), reject);
  });
  return {
    url: new URL(url),
    samples,
    async stop() {
      if (child.connected) child.disconnect();
      await exited;
      if (readFileSync(log).length > 0) return log;
      rmSync(log);
      return undefined;
    },
  };
};
