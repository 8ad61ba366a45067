import type { ChildProcess } from 'node:child_process';
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildWorker } from '../harness/build-worker.ts';
import { buildForEndToEnd } from '../harness/contestant.ts';
import { withDatabase } from '../harness/with-database.ts';
import type { Section } from '../report/section.ts';
import { describeEndToEnd } from './describe-end-to-end.ts';
import type { Load, LoadReport } from './load-report.ts';
import type { LoadResult } from './load-result.ts';

type Service = { name: string; title: string; url: string; child: ChildProcess };

const HERE = fileURLToPath(new URL('.', import.meta.url));
const API_KEY = 'a-key-of-the-benchmark-0123456789';
const ROUNDS = 2;
const SECONDS = 2;
const CONNECTIONS = 10;

/** Loads the local gateway with autocannon, alternating between this project's function and others behind it. */
export const measureEndToEnd = async (): Promise<Section> => {
  const script = await buildWorker('end-to-end/load.ts');
  const contestants = await buildForEndToEnd();
  return await withDatabase(async ({ uri, engine }) => {
    const services: Service[] = [];
    try {
      services.push(await serve('ours', 'this project (npm start)', uri));
      for (const { name, title, file } of contestants) {
        services.push(await serve(name, title, uri, file));
      }
      const results = await loadByTurns(script, services);
      return describeEndToEnd(results, { engine, connections: CONNECTIONS });
    } finally {
      for (const { child } of services) child.kill();
    }
  });
};

async function loadByTurns(script: string, services: Service[]): Promise<LoadResult[]> {
  const results: LoadResult[] = [];
  for (const method of ['POST', 'GET'] as const) {
    const ofMethod = services.map(({ title }): LoadResult => ({ title, method, reports: [] }));
    // The first round warms up the services.
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const [index, { url, name }] of services.entries()) {
        const size = { connections: CONNECTIONS, seconds: round === 0 ? 1 : SECONDS };
        const label = `${name}-${method === 'POST' ? round : ROUNDS}`;
        const report = await load(script, { url, apiKey: API_KEY, method, label, ...size });
        if (round > 0) ofMethod[index]?.reports.push(report);
      }
    }
    results.push(...ofMethod);
  }
  return results;
}

async function serve(name: string, title: string, uri: string, file?: string): Promise<Service> {
  const child = fork(join(HERE, 'serve.ts'), file ? [API_KEY, file] : [API_KEY], {
    execArgv: ['--import', 'tsx'],
    // The function's log is not needed.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, MONGODB_URI: uri },
  });
  const [url] = await once(child, 'message');
  return { name, title, url, child };
}

async function load(script: string, load: Load): Promise<LoadReport> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(load)]);
  return JSON.parse(stdout);
}
