import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { development } from '../../cdktf/environment/environments.ts';
import { createGateway } from '../../gateway/local/gateway.ts';
import { contract } from '../../openapi/contract.ts';
import { LOCAL_FUNCTIONS } from '../../openapi/import/local-functions.ts';
import { toImportDocument } from '../../openapi/import/to-import-document.ts';
import { startLocal } from '../../scripts/local/start-local.ts';
import { loadHandler } from '../harness/load-handler.ts';

// Serves one contestant behind the local gateway until it is killed, and sends its URL to the parent process.
const UNLIMITED = { rate: 1_000_000, burst: 1_000_000 };
const QUOTA = { limit: 1_000_000_000, period: 'DAY' } as const;
const [, , apiKey = '', file] = process.argv;

process.send?.(file ? await serve(file) : await serveOurs());

async function serveOurs(): Promise<string> {
  // As with npm start, but without limits.
  const settings = {
    ...development,
    api: { ...development.api, ...UNLIMITED, quota: QUOTA },
    port: 0,
    apiKey,
    // Unused, since MONGODB_URI is set.
    directory: '.data',
    report: () => undefined,
  };
  const { url } = await startLocal(settings);
  return url.replace('localhost', '127.0.0.1');
}

async function serve(file: string): Promise<string> {
  const gateway = createGateway(toImportDocument(contract, LOCAL_FUNCTIONS), {
    functions: await loadHandler(file),
    stage: { name: 'local', throttle: UNLIMITED },
    plan: { keys: [apiKey], throttle: UNLIMITED, quota: QUOTA },
    bodies: 'declared',
  });
  const server = createServer(gateway);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
