import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../shared/find-free-port.ts';

const ENTRY = fileURLToPath(new URL('../simulate/service/service-process.ts', import.meta.url));

/** The whole service in a process of its own, always on one port. */
export type Service = {
  url: URL;
  signal(name: NodeJS.Signals): void;
  /** Starts it again after it was killed; resolves when it serves. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

export const startService = async (mongodbUri: string, apiKey: string): Promise<Service> => {
  const port = await findFreePort();
  const env = { ...process.env, PORT: `${port}`, API_KEY: apiKey, MONGODB_URI: mongodbUri };
  const start = async (): Promise<ChildProcess> => {
    // It logs each outage, which is what is asked for here.
    const stdio = ['ignore', 'ignore', 'ignore', 'ipc'] as const;
    const child = fork(ENTRY, { env, execArgv: ['--import', 'tsx'], stdio: [...stdio] });
    const exited = once(child, 'exit');
    const [message] = await Promise.race([once(child, 'message'), exited]);
    if (typeof message !== 'object') throw new Error(`The service ended with ${message}`);
    return child;
  };
  let child = await start();
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    signal: (name) => void child.kill(name),
    async restart() {
      child = await start();
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
};
