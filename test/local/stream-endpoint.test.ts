import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { afterEach, expect, it } from 'vitest';
import { createEndpointInvokeStream } from '../../gateway/local/function/endpoint-invoke-stream.ts';
import { findFreePort } from '../../scripts/shared/find-free-port.ts';
import { createEventStore } from '../../src/events/event-store.ts';
import { useDatabase } from '../harness/database.ts';
import { endProcess, startProcess, toBundle } from '../harness/service-process.ts';
import { startStreamGateway } from '../harness/start-stream-gateway.ts';

const { uri, buckets } = useDatabase();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

it('is what Compose runs: an export and a live stream, by a process of their own', async () => {
  const streamPort = await findFreePort();
  const env = { PORT: String(streamPort), API_KEY: 'a-key', MONGODB_URI: uri };
  const streams = startProcess(tmpdir(), env, [toBundle('local/start-streams.ts')]);
  ends.push(() => endProcess(streams, 'SIGTERM'));
  for await (const output of streams.stdout ?? []) if (String(output).includes('Streams')) break;
  const stream = createEndpointInvokeStream(`http://127.0.0.1:${streamPort}`);
  const gateway = await startStreamGateway(stream, 'a-key');
  ends.push(gateway.close);
  const { url } = gateway;
  const headers = { 'x-api-key': 'a-key' };
  const source = { deviceID: randomUUID(), eventType: 'a' };
  const store = createEventStore(buckets);
  await store.add({ ...source, date: new Date().toISOString(), value: 1 });

  const exported = await fetch(
    `${url}/events/export?${new URLSearchParams({ ...source, since: '2026-01-01T00:00:00Z' })}`,
    { headers },
  );
  const lines = (await exported.text()).trim().split('\n');
  expect([exported.status, lines.map((line) => JSON.parse(line))]).toEqual([
    200,
    [expect.objectContaining({ ...source, value: 1 }), { complete: true }],
  ]);

  const leaving = new AbortController();
  const live = await fetch(`${url}/events/live?${new URLSearchParams(source)}`, {
    headers,
    signal: leaving.signal,
  });
  let text = '';
  for await (const part of live.body ?? []) {
    if (text === '') await store.add({ ...source, date: new Date().toISOString(), value: 2 });
    text += Buffer.from(part).toString();
    if (text.includes('"value":2')) break;
  }
  leaving.abort();
  expect(text).not.toContain('"value":1');
});
