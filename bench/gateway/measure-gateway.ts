import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import type { Served } from '../../scripts/gateway/conformance/start-serverless-offline.ts';
import {
  startServerlessOffline,
  VERSIONS,
} from '../../scripts/gateway/conformance/start-serverless-offline.ts';
import type { LoadReport } from '../end-to-end/load-report.ts';
import { buildWorker } from '../harness/build-worker.ts';
import type { Section } from '../report/section.ts';
import type { Loaded } from './describe-gateway.ts';
import { describeGateway } from './describe-gateway.ts';

const ROUNDS = 3;
const SECONDS = 3;
const CONNECTIONS = 10;
const PEER = `serverless-offline ${VERSIONS['serverless-offline']}`;

const HANDLER = `exports.handler = async () => ({
  statusCode: 200,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ hello: 'world' }),
});`;
const SERVICE = {
  provider: { name: 'aws', runtime: 'nodejs20.x', region: 'us-east-1', stage: 'dev' },
  functions: {
    f: { handler: 'handler.handler', events: [{ http: { path: '/hello', method: 'get' } }] },
  },
};

/** Loads a bare server, our gateway and serverless-offline by turns: each replies with the same constant. */
export const measureGateway = async (): Promise<Section> => {
  const load = await buildWorker('gateway/load.ts');
  const script = await buildWorker('gateway/serve.ts');
  const loaded: (Loaded & Served)[] = [];
  const add = async (title: string, served: Promise<Served>): Promise<void> => {
    loaded.push({ title, reports: [], ...(await served) });
  };
  try {
    await add('this gateway', serve(script, 'ours'));
    await add('a bare Node server', serve(script, 'bare'));
    await add(PEER, startServerlessOffline(SERVICE, HANDLER));
    await add(
      `${PEER}, useInProcess`,
      startServerlessOffline(SERVICE, HANDLER, { useInProcess: true }),
    );
    // The first round warms up the servers.
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const { url, reports } of loaded) {
        const args = [load, url, String(CONNECTIONS), String(round === 0 ? 1 : SECONDS)];
        const { stdout } = await promisify(execFile)(process.execPath, args);
        const report: LoadReport = JSON.parse(stdout);
        if (round > 0) reports.push(report);
      }
    }
    return describeGateway(loaded, CONNECTIONS);
  } finally {
    for (const { stop } of loaded) await stop();
  }
};

async function serve(script: string, what: string): Promise<Served> {
  const child = fork(script, [what], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [url] = await once(child, 'message');
  return {
    url,
    stop: async () => {
      child.kill();
    },
  };
}
