import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { endProcess, readUrl, startProcess } from '../harness/service-process.ts';

const API_KEY = 'a-key-of-the-tests-0123456789';
const DEVICE = randomUUID();
const DAY = '2026-05-05';
const HEADERS = { 'content-type': 'application/json', 'x-api-key': API_KEY };
const BATCH = 100;
const BYTES_PER_VALUE = 200;

let directory = '';
let isMounted = false;
const running: ChildProcess[] = [];
let sent = 0;
let kept: string[] = [];

async function start(at: string) {
  // With a database of its own, wherever the tests run.
  const child = startProcess(at, { PORT: '0', API_KEY, MONGODB_URI: '' });
  running.push(child);
  let said = '';
  child.stderr?.on('data', (data) => {
    said += data;
  });
  const ended = once(child, 'exit').then(([code]) => ({
    code,
    last: said.trim().split('\n').at(-1),
  }));
  // A service that cannot start has no address.
  const url = await readUrl(child).catch(() => '');
  return { child, ended, said: () => said, url };
}

const toDate = (nth: number): string => new Date(Date.parse(DAY) + nth * 800).toISOString();

/** Sends batches until one fails. Returns the dates of the events that were acknowledged, and the last status. */
async function fill(url: string) {
  const acknowledged: string[] = [];
  for (;;) {
    const first = sent;
    sent += BATCH;
    const events = Array.from({ length: BATCH }, (_, index) => ({
      deviceID: DEVICE,
      eventType: 'text',
      date: toDate(first + index),
      value: 'x'.repeat(BYTES_PER_VALUE),
    }));
    const body = JSON.stringify({ events });
    const response = await fetch(`${url}/events/batch`, { method: 'POST', headers: HEADERS, body });
    if (response.status >= 300) return { acknowledged, status: response.status };
    const { results } = (await response.json()) as { results: { status: string }[] };
    const stored = events.filter((_, index) => results[index]?.status === 'created');
    acknowledged.push(...stored.map(({ date }) => date));
    if (stored.length < BATCH) return { acknowledged, status: response.status };
  }
}

async function read(url: string): Promise<string[]> {
  const dates: string[] = [];
  const query = { deviceID: DEVICE, eventType: 'text', date: DAY, limit: '1000' };
  let cursor: string | undefined = '';
  while (cursor !== undefined) {
    const parameters = new URLSearchParams({ ...query, ...(cursor && { cursor }) });
    const response = await fetch(`${url}/events?${parameters}`, { headers: HEADERS });
    expect(response.status).toBe(200);
    const page = (await response.json()) as { events: { date: string }[]; nextCursor?: string };
    dates.push(...page.events.map(({ date }) => date));
    cursor = page.nextCursor;
  }
  return dates;
}

/** Takes all the room that is left. */
function takeRoom(file: string): void {
  for (const bytes of [65_536, 512]) {
    try {
      for (;;) appendFileSync(file, Buffer.alloc(bytes));
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOSPC' });
    }
  }
}

describe('a full disk', { tags: 'long' }, () => {
  // In a hook, which other runs skip together with the tests: they would leave the disk mounted.
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'iot-events-disk-'));
    const options = ['-t', 'tmpfs', '-o', 'size=24m', 'full-disk', directory];
    isMounted = execaSync('mount', options, { reject: false }).exitCode === 0;
  });
  beforeEach(({ skip }) => skip(!isMounted, 'Only root may mount a small disk, and only on Linux'));
  afterAll(async () => {
    for (const child of running) await endProcess(child, 'SIGKILL');
    if (isMounted) execaSync('umount', ['--lazy', directory]);
    rmdirSync(directory);
  });

  it('ends the service with a message, and loses and doubles nothing', async () => {
    const full = await start(directory);
    const { acknowledged, status } = await fill(full.url);

    expect([207, 503]).toContain(status);
    expect(acknowledged.length).toBeGreaterThan(5_000);
    expect(await full.ended).toEqual({
      code: 1,
      last: expect.stringMatching(/^The service ends, because its database has ended: .*No space/),
    });

    execaSync('mount', ['-o', 'remount,size=64m', directory]);
    const { child, url } = await start(directory);
    const found = await read(url);
    expect(new Set(found).size).toBe(found.length);
    expect(acknowledged.filter((date) => !found.includes(date))).toEqual([]);
    expect(await endProcess(child, 'SIGINT')).toBe(0);
  });

  it('stops the log, but not the reads', async () => {
    const filler = join(directory, 'filler');
    const { ended, said, url } = await start(directory);
    const before = await read(url);
    takeRoom(filler);

    // Each writes a line.
    const latest = `${url}/events/latest?deviceID=${DEVICE}`;
    for (let times = 0; times < 60; times += 1) {
      expect((await fetch(latest, { headers: HEADERS })).status).toBe(200);
    }
    expect(await read(url)).toEqual(before);
    await expect.poll(() => said().match(/goes on without api\.log: ENOSPC/g)).toHaveLength(1);

    const { acknowledged } = await fill(url).catch(() => ({ acknowledged: [] as string[] }));
    expect((await ended).code).toBe(1);
    rmSync(filler);
    const { child, url: again } = await start(directory);
    const found = await read(again);
    expect(acknowledged.filter((date) => !found.includes(date))).toEqual([]);
    expect(await endProcess(child, 'SIGINT')).toBe(0);
    kept = found;
  });

  it.each([
    ['no data', 'new'],
    ['data', '.'],
  ])('is reported by a start with %s, and harms nothing', async (_, name) => {
    const data = join(directory, name);
    mkdirSync(join(data, '.data'), { recursive: true });
    const filler = join(directory, 'filler');
    takeRoom(filler);

    const { ended, said } = await start(data);

    expect((await ended).code).toBe(1);
    expect(said()).toMatch(
      /^No database could be started: .*ENOSPC.*\nMake room on the disk of \.data, or set MONGODB_URI .*\n$/,
    );
    rmSync(filler);
    const { child, url } = await start(data);
    expect(await read(url)).toEqual(name === '.' ? kept : []);
    expect(await endProcess(child, 'SIGINT')).toBe(0);
  });
});
