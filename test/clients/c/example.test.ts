import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { API_KEY, useLocalService } from '../../harness/local-service.ts';
import { listen } from '../../harness/outage.ts';
import { hasCompiler, run, useCompiler } from './compiler.ts';

const YEARS = 365 * 86_400;

const service = useLocalService();
const compiler = useCompiler();
const hasCurl = () => hasCompiler && compiler.has('-lcurl');
let program = '';
let directory = '';
let deviceID = '';

describe.skipIf(!hasCompiler)('the example for libcurl', () => {
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'iot-events-example-'));
    if (!hasCurl()) return;
    const flags = [
      '-g',
      '-fsanitize=address,undefined',
      '-Iplatforms',
      '-lcurl',
      '-DSAVE_EVERY_MS=50',
    ];
    const sources = ['../../examples/c-client/main.c', 'platforms/curl_platform.c'];
    program = await compiler.compileProgram([...sources, 'test/wrong_clock.c'], flags);
  });
  afterAll(() => rm(directory, { recursive: true }));
  beforeEach(({ skip }) => {
    deviceID = randomUUID();
    skip(!hasCurl(), 'libcurl is not installed (apt-get install libcurl4-openssl-dev)');
  });

  const start = (url = service.url(), env = {}) =>
    spawn(program, [url, deviceID, 'load'], {
      env: { API_KEY, START_WAIT_MS: '0', QUEUE_FILE: join(directory, deviceID), ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });

  it('stores readings while more arrive', async () => {
    const numbers = Array.from({ length: 5_500 }, (_, i) => i % 7);

    const child = start();
    child.stdin.write('0.5\n');
    await expect.poll(readValues).toEqual([0.5]);
    child.stdin.end(numbers.join('\n'));

    expect(await text(child.stdout)).toBe('5501 stored, 0 duplicates, 0 rejected\n');
    expect(await readValues()).toEqual([0.5, ...numbers]);
  });

  it('reads its sensor while a server never answers, and keeps the readings over a reset', {
    tags: 'long',
  }, async () => {
    let connections = 0;
    await using silent = await listen(() => void connections++);
    // More than a pipe holds, and fewer than the queue.
    const numbers = Array.from({ length: 8_000 }, (_, i) => `${i}.00000000000000`);

    const child = start(`http://127.0.0.1:${silent.port}`);
    child.stdin.write('0.5\n');
    await expect.poll(() => connections).toBe(1);
    const before = await bytesRead(child.pid);
    const input = `${numbers.join('\n')}\n`;
    child.stdin.write(input);
    await expect.poll(() => bytesRead(child.pid)).toBe(before + input.length);
    child.kill('SIGTERM');

    expect(await text(child.stdout)).toBe('0 stored, 0 duplicates, 0 rejected\n');
    const next = start();
    next.stdin.end();
    expect(await text(next.stdout)).toMatch(/^8001 stored, 0 duplicates, 0 rejected\n/);
    expect(await readValues()).toEqual([0.5, ...numbers.map(Number)]);
    expect(await readdir(directory)).not.toContain(deviceID);
  });

  it('keeps its readings over power cuts, until they are sent', async () => {
    const nowhere = 'http://127.0.0.1:9';
    const first = start(nowhere);
    first.stdin.write('1\n2\n');
    await expect.poll(() => readdir(directory)).toContain(deviceID);
    await cutPower(first);
    // It has the readings, and has not sent them, when the power is cut again.
    const second = start(nowhere);
    await once(second.stderr, 'data');
    await cutPower(second);
    const third = start();
    await expect.poll(readValues).toEqual([1, 2]);
    await expect.poll(() => readdir(directory)).not.toContain(deviceID);
    await cutPower(third);
  });

  it('waits before it sends for the first time, as a fleet must', async () => {
    const fleet = Array.from({ length: 4 }, () => start(service.url(), { START_WAIT_MS: '' }));
    for (const child of fleet) child.stdin.write('1\n');
    await setTimeout(300);
    for (const child of fleet) child.kill('SIGTERM');

    // For up to 30 s: each of them could send this early, but hardly all.
    const outputs = await Promise.all(fleet.map(({ stdout }) => text(stdout)));
    expect(outputs).toContain('0 stored, 0 duplicates, 0 rejected\n');
  });

  it('sets a torn queue aside, and says so', async () => {
    await writeFile(join(directory, deviceID), 'IOE1');

    const child = start();
    child.stdin.end('7');

    expect(await text(child.stderr)).toMatch(/: the image is damaged$/m);
    expect(await readValues()).toEqual([7]);
    expect(await readdir(directory)).toContain(`${deviceID}.damaged`);
  });

  it.each([
    ['ten years ahead', 10 * YEARS],
    ['never set', -56 * YEARS],
  ])('dates its readings by the service if its clock is %s', async (_, seconds) => {
    const child = start(service.url(), { CLOCK_OFFSET_S: String(seconds) });
    child.stdin.write('1\n');
    await expect.poll(readValues).toEqual([1]);
    child.stdin.end('2\n');

    expect(await text(child.stdout)).toBe('2 stored, 0 duplicates, 0 rejected\n');
    for (const { date } of await read()) {
      expect(Math.abs(Date.parse(date) - Date.now())).toBeLessThan(60_000);
    }
  });

  it('cuts neither a long URL nor a long key', async () => {
    let received = '';
    await using server = await listen((socket) =>
      socket.on('data', (data) => {
        received += data;
      }),
    );
    const [path, key] = ['p'.repeat(3_000), 'k'.repeat(3_000)];

    const child = start(`http://127.0.0.1:${server.port}/${path}`, { API_KEY: key });
    child.stdin.write('1\n');

    await expect.poll(() => received).toContain(`POST /${path}/events/batch HTTP/1.1\r\n`);
    await expect.poll(() => received).toContain(`x-api-key: ${key}\r\n`);
    child.kill();
    await once(child, 'close');
  });

  it('tells boots apart without a clock, or does not start', { tags: 'long' }, async () => {
    const sources = ['test/boot.c', 'platforms/curl_platform.c'];
    const board = await compiler.compileProgram(sources, ['-O1', '-lcurl']);

    const boots = await Promise.all(Array.from({ length: 10 }, () => run(board)));

    const numbers = boots.flatMap((boot) => boot.trim().split(' '));
    expect(new Set(numbers).size).toBe(20);
    expect(boots.every((boot) => /^[0-9a-f]{16} [0-9a-f]{8}\n$/.test(boot))).toBe(true);
    expect(await run(board, ['no random numbers'])).toBe('no\n');
  });
});

async function cutPower(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

/** All bytes that a process has read so far. */
const bytesRead = async (pid: number | undefined): Promise<number> =>
  Number(/^rchar: (\d+)$/m.exec(await readFile(`/proc/${pid}/io`, 'utf8'))?.[1]);

const readValues = async (): Promise<unknown[]> => (await read()).map(({ value }) => value);

/** The readings of the device, oldest first. */
async function read(): Promise<{ date: string; value: unknown }[]> {
  const query = new URLSearchParams({
    deviceID,
    eventType: 'load',
    since: new Date(Date.now() - 86_400_000).toISOString(),
    order: 'asc',
    limit: '10000',
  });
  const headers = { 'x-api-key': API_KEY };
  const response = await fetch(`${service.url()}/events?${query}`, { headers });
  expect(response.status).toBe(200);
  const { events } = (await response.json()) as { events: { date: string; value: unknown }[] };
  return events;
}
