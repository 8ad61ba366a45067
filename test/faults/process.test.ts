import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FaultyLink } from '../../scripts/faults/faulty-link.ts';
import { createFaultyLink } from '../../scripts/faults/faulty-link.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { proxyEvent } from '../harness/proxy-event.ts';
import { endProcess, readUrl, startProcess } from '../harness/service-process.ts';

const API_KEY = 'a-key-of-the-tests-0123456789';

const { uri, client } = useDatabase();
const healthy = createApiHandler(client);
const running: ChildProcess[] = [];
let directory = '';
let link: FaultyLink;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iot-events-'));
  link = await createFaultyLink(uri);
});
afterEach(async () => {
  for (const child of running.splice(0)) await endProcess(child, 'SIGKILL');
});
afterAll(async () => {
  await link.close();
  await rm(directory, { recursive: true });
});

describe('gateway and router', () => {
  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'lose and double nothing when %s ends them under load',
    { tags: 'long' },
    async (signal) => {
      const first = await start();
      const device = randomUUID();
      const sent: Sent[] = [];
      const countAcknowledged = () => sent.filter(({ ok }) => ok).length;
      const writing = Promise.all(
        Array.from({ length: 8 }, (_, writer) =>
          writeUntilEnd(first.url, device, writer * 1_000, sent),
        ),
      );
      await expect.poll(countAcknowledged).toBeGreaterThan(30);
      await endProcess(first.child, signal);
      await writing;
      const acknowledged = sent.filter(({ ok }) => ok);
      expect(sent.length).toBeGreaterThan(acknowledged.length);

      const stored = await readValues(device);
      expect(stored).toEqual(expect.arrayContaining(acknowledged.map(({ value }) => value)));

      const second = await start();
      for (const { value } of sent) {
        const { status } = await post(second.url, device, value);
        expect([200, 201, 429]).toContain(status);
      }
      const after = await readValues(device);
      expect(new Set(after).size).toBe(after.length);
    },
  );

  it('end with success when they are asked to', async () => {
    const { child } = await start();

    expect(await endProcess(child, 'SIGTERM')).toBe(0);
  });
});

describe('a process that was frozen', () => {
  it('answers its first request after the thaw, with its connections long gone', {
    tags: 'long',
  }, async () => {
    const { child, url } = await start();
    const device = randomUUID();
    expect((await post(url, device, 1)).status).toBe(201);

    const values = [2, 3, 4, 5, 6, 7];
    for (const value of values) {
      child.kill('SIGSTOP');
      link.breakAll();
      await sleep(100 * value);
      child.kill('SIGCONT');

      // Whether the process has noticed yet is chance: the driver reports it in several ways.
      expect([201, 503]).toContain((await post(url, device, value)).status);
      const again = async () => (await post(url, device, value)).status;
      await expect.poll(again, { timeout: 20_000, interval: 200 }).toBeLessThan(300);
    }
    expect((await readValues(device)).sort()).toEqual([1, ...values]);
  });
});

async function start(): Promise<{ child: ChildProcess; url: string }> {
  const child = startProcess(directory, { PORT: '0', API_KEY, MONGODB_URI: link.uri });
  running.push(child);
  return { child, url: await readUrl(child) };
}

const post = (url: string, deviceID: string, value: number): Promise<Response> =>
  fetch(`${url}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': API_KEY },
    body: JSON.stringify({
      deviceID,
      eventType: 'reading',
      value,
      date: new Date(Date.parse('2026-05-05T12:00:00Z') + value * 1_000).toISOString(),
    }),
  });

type Sent = { value: number; ok: boolean };

/** Sends one event after another until the service no longer answers; adds them to `sent`. */
async function writeUntilEnd(url: string, device: string, from: number, sent: Sent[]) {
  for (let value = from; ; value += 1) {
    const status = await post(url, device, value).then(
      (response) => response.status,
      () => 0,
    );
    sent.push({ value, ok: status === 201 || status === 200 });
    if (status === 0) return;
    // The key's rate limit is reached; go on a little later.
    if (status === 429) await sleep(20);
  }
}

async function readValues(deviceID: string): Promise<number[]> {
  const query = { deviceID, eventType: 'reading', date: '2026-05-05', limit: '10000' };
  const { body } = await healthy(proxyEvent({ query }));
  return JSON.parse(body).events.map(({ value }: { value: number }) => value);
}
