import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { CorpusRequest } from '../../openapi/corpus.ts';
import { bundle } from '../../scripts/bundle/bundle.ts';
import type { ApiHandler } from '../../src/lambda/api-handler.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { proxyEvent } from '../harness/proxy-event.ts';
import { CORPORA } from './corpora.ts';

const DEVICE = '8f188304-e7b3-4a16-a243-b9470468478a';
const directory = mkdtempSync(join(tmpdir(), 'iot-events-bundle-'));
// What one stores, the other must not find.
const [own, others] = [useDatabase(), useDatabase()];
const source = createApiHandler(own.client);
let bundled: ApiHandler;

beforeAll(async () => {
  await bundle(directory);
  vi.stubEnv('MONGODB_URI', others.uri);
  const { handler } = createRequire(import.meta.url)(join(directory, 'function/api.cjs'));
  bundled = handler;
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

async function ask(lambda: ApiHandler, request: CorpusRequest) {
  const { statusCode, headers, body } = await lambda(proxyEvent(request));
  // A request's id and the time of its arrival are its own.
  const text = body
    .replace(/"(requestId|date|serverTime|\w+At)":"[^"]*"/g, '"$1"')
    // The date of an exported event, in CSV.
    .replace(/,\d{4}-[^,]*Z(?=,)/g, ',date');
  return { request: request.title, statusCode, headers: { ...headers, ETag: undefined }, text };
}

for (const { part, tags, create } of CORPORA) {
  it(`the bundle answers as its source does: ${part}`, {
    tags: [...new Set([...tags, 'long'])],
    timeout: 120_000,
  }, async () => {
    // On a busy machine its first connection may take longer than a request waits.
    const isReady = async () => (await bundled(proxyEvent({ path: '/health/ready' }))).statusCode;
    await expect.poll(isReady, { timeout: 30_000, interval: 500 }).toBe(200);
    // A live stream goes on for minutes; the bundle's entry for streams is another.
    const requests = create(() => DEVICE).filter(({ path }) => path !== '/events/live');
    for (const request of requests) {
      expect(await ask(bundled, request)).toEqual(await ask(source, request));
    }
  });
}
