import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ServiceMessage, ServiceSample } from './service-sample.ts';

const ENTRY = fileURLToPath(new URL('service-process.ts', import.meta.url));

/** The service as `npm start` has it, but without limits, and with data that is gone afterwards. */
export type OwnService = {
  url: URL;
  /** One for each second. */
  samples: ServiceSample[];
  stop(): Promise<void>;
};

/** @throws where it does not start; it has said why on standard error */
export const startOwnService = async (apiKey: string): Promise<OwnService> => {
  const child = fork(ENTRY, {
    env: { ...process.env, API_KEY: apiKey },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const samples: ServiceSample[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    child.on('message', (message: ServiceMessage) => {
      if ('url' in message) resolve(message.url);
      else samples.push(message.sample);
    });
    exited.then(([code]) => reject(new Error(`The service ended with code ${code}`)), reject);
  });
  return {
    url: new URL(url),
    samples,
    async stop() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
};
