import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../scripts/bundle/bundle.ts';
import { createEventStore } from '../../src/events/event-store.ts';
import { useDatabase } from '../harness/database.ts';
import { fetchRuntimeClient } from '../harness/lambda/fetch-runtime-client.ts';
import type { RuntimeApi } from '../harness/lambda/runtime-api.ts';
import { startRuntimeApi } from '../harness/lambda/runtime-api.ts';
import { endProcess } from '../harness/service-process.ts';
import { startStreamGateway } from '../harness/start-stream-gateway.ts';

const { uri, buckets } = useDatabase();
const store = createEventStore(buckets);
const directory = mkdtempSync(join(tmpdir(), 'iot-events-runtime-'));
const KEY = 'a-key';
let runtime: RuntimeApi;
let url: string;
let lines = '';
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  const client = await fetchRuntimeClient();
  await bundle(directory);
  runtime = await startRuntimeApi();
  ends.push(() => runtime.close());
  const script = join(import.meta.dirname, '../harness/lambda/run-function.mjs');
  const child = spawn(process.execPath, [script, client, 'load-api.stream'], {
    cwd: join(directory, 'function'),
    env: {
      PATH: process.env.PATH,
      MONGODB_URI: uri,
      AWS_LAMBDA_RUNTIME_API: runtime.address,
      AWS_LAMBDA_NODEJS_USE_ALTERNATIVE_CLIENT_1: 'true',
      AWS_LAMBDA_FUNCTION_NAME: 'streams',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const output of [child.stdout, child.stderr]) {
    output.on('data', (data) => {
      lines += data;
    });
  }
  ends.push(() => endProcess(child, 'SIGTERM'));
  const gateway = await startStreamGateway(runtime.invokeStream, KEY);
  ends.push(gateway.close);
  url = gateway.url;
}, 120_000);
afterAll(async () => {
  for (const end of ends.reverse()) await end();
  rmSync(directory, { recursive: true });
});

const ask = (path: string, query: Record<string, string>, init: RequestInit = {}) =>
  fetch(`${url}${path}?${new URLSearchParams(query)}`, { headers: { 'x-api-key': KEY }, ...init });

/** AWS's own runtime client runs the bundle; what Lambda does is a stand-in. */
describe("AWS's runtime client runs the function for streams", { tags: 'long' }, () => {
  it('that exports as events are read, much more than it holds', async () => {
    const deviceID = randomUUID();
    const events = Array.from({ length: 1_000 }, (_, nth) => ({
      deviceID,
      eventType: 'a',
      date: new Date(Date.UTC(2026, 4, 5, 0, 0, nth)).toISOString(),
      value: 'x'.repeat(2_000),
    }));
    await store.addAll(events);

    const reply = await ask('/events/export', {
      deviceID,
      eventType: 'a',
      since: '2026-05-05T00:00:00Z',
    });
    const got = (await reply.text()).trim().split('\n');

    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('application/x-ndjson');
    expect(got.length).toBe(1_001);
    expect(JSON.parse(got.at(-1) ?? '')).toEqual({ complete: true });
    const { headers } = runtime.replies.at(-1) ?? {};
    expect(headers).toMatchObject({
      'content-type': 'application/vnd.awslambda.http-integration-response',
      'lambda-runtime-function-response-mode': 'streaming',
    });
  });

  it('that refuses with a problem, and goes on', async () => {
    for (let times = 0; times < 2; times += 1) {
      const reply = await ask('/events/export', {
        deviceID: randomUUID(),
        eventType: 'a',
        since: '2026-05-05T00:00:00Z',
        cursor: 'none',
      });

      expect(reply.status).toBe(400);
      expect(await reply.json()).toMatchObject({ type: '/problems/invalid-request' });
    }
  });

  it('that sends an event as it comes', async () => {
    const source = { deviceID: randomUUID(), eventType: 'a' };
    const leaving = new AbortController();
    const live = await ask('/events/live', source, { signal: leaving.signal });
    expect(live.headers.get('content-type')).toBe('text/event-stream');
    let text = '';
    for await (const part of live.body ?? []) {
      if (text === '') await store.add({ ...source, date: new Date().toISOString(), value: 7 });
      text += Buffer.from(part).toString();
      if (text.includes('"value":7')) break;
    }
    leaving.abort();
    expect(text).toMatch(/^id: /m);
  });

  it('writes a log line for each request, and no error', () => {
    const own = lines.split('\n').filter((line) => line.startsWith('{'));
    expect(own.length).toBeGreaterThanOrEqual(3);
    expect(lines).not.toMatch(/"level":"error"|UnhandledPromise|"status":500/);
  });
});
