import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Invoke } from '../../../gateway/local/function/lambda-function.ts';
import { createGateway } from '../../../gateway/local/gateway.ts';
import { createHttpServer } from '../../../gateway/local/http-server.ts';
import { HANDLER } from './handler.ts';
import { API_KEY, toOwnDocument } from './own-document.ts';
import type { Served } from './start-serverless-offline.ts';

/** The server behind `http_proxy`. */
export const serveBackend = (): Promise<Served> =>
  listen(createServer((_, response) => response.end('back')));

/** Serves the API that is compared by this project's gateway. */
export const serveOwn = (backend: string): Promise<Served> => {
  const gateway = createGateway(toOwnDocument(backend), {
    functions: { f: toFunction(), live },
    stage: { name: 'dev' },
    plan: { keys: [API_KEY], throttle: { rate: 1, burst: 3 } },
    allowedOrigins: [backend],
  });
  return listen(createHttpServer(gateway));
};

function toFunction(): Invoke {
  const module: { handler?: Invoke } = {};
  new Function('exports', HANDLER)(module);
  if (!module.handler) throw new Error('The function has no handler');
  return module.handler;
}

async function* live(): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`{}${'\0'.repeat(8)}one`);
  await sleep(50);
  yield Buffer.from('two');
}

async function listen(server: ReturnType<typeof createServer>): Promise<Served> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
