import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { useDatabase } from '../harness/database.ts';
import { endProcess, readUrl, startProcess } from '../harness/service-process.ts';

const { uri, buckets } = useDatabase();
const SOURCE = { deviceID: randomUUID(), eventType: 'large' };
const BUCKETS = 9;
const DAY = Date.parse('2026-05-05T00:00:00Z');
const API_KEY = 'a-key-of-the-tests-0123456789';

const whole = { since: '2026-05-05T00:00:00Z', until: '2026-05-06T00:00:00Z' };
const READS = [
  ['/events', { date: '2026-05-05' }],
  ['/events', { date: '2026-05-05', order: 'asc' }],
  ['/events/export', whole],
  ['/events/summary', { ...whole, interval: 'PT1H' }],
] as const;

it('is bounded, however many large reads come at once', { tags: 'long' }, async () => {
  // Late events all day: each read of the day waits for all buckets, and holds nearly as much as it may.
  const json = `[${'1,'.repeat(8_100)}1]`;
  for (let seq = 0; seq < BUCKETS; seq += 1) {
    const at = (nth: number, from = seq) => new Date(DAY + (nth * BUCKETS + from) * 1_000);
    const events = Array.from({ length: 200 }, (_, nth) => ({ date: at(nth), at: 0, json }));
    const floor = seq > 0 && { floor: at(199, seq - 1) };
    const dates = { date: new Date(DAY), first: at(0), last: at(199), ...floor };
    await buckets.insertOne({ ...SOURCE, ...dates, seq, count: 200, events });
  }
  const directory = await mkdtemp(join(tmpdir(), 'iot-events-'));
  const small = { NODE_OPTIONS: '--max-old-space-size=320' };
  const service = startProcess(directory, { PORT: '0', API_KEY, MONGODB_URI: uri, ...small });
  let errors = '';
  service.stderr?.on('data', (data) => {
    errors += data;
  });
  try {
    const url = await readUrl(service);
    const headers = { 'x-api-key': API_KEY };
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, nth) => {
        const [path, query] = READS[nth % READS.length] ?? READS[0];
        const search = new URLSearchParams({ ...SOURCE, ...query });
        const { status, headers: own } = await fetch(`${url}${path}?${search}`, { headers });
        return [status, status === 503 && Number(own.get('retry-after')) > 0];
      }),
    );

    for (const answer of answers)
      expect([
        [200, false],
        [503, true],
      ]).toContainEqual(answer);
    expect(answers).toContainEqual([200, false]);
    expect(answers).toContainEqual([503, true]);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    const [path, query] = READS[0];
    const search = new URLSearchParams({ ...SOURCE, ...query });
    expect((await fetch(`${url}${path}?${search}`, { headers })).status).toBe(200);
  } finally {
    await endProcess(service, 'SIGKILL');
    await rm(directory, { recursive: true });
  }
  expect(errors).not.toContain('heap');
});
