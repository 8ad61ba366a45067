import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { endProcess, readUrl, startProcess, toBundle } from '../harness/service-process.ts';

const API_KEY = 'a-key-of-the-tests-0123456789';
const QUERY = { deviceID: randomUUID(), eventType: 'boot', date: '2026-05-05' };

let directory = '';
const running: ChildProcess[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iot-events-'));
});
afterEach(async () => {
  for (const child of running.splice(0)) await endProcess(child, 'SIGINT');
});
afterAll(() => rm(directory, { recursive: true }));

function start(
  port: string,
  at = directory,
  basePath = '',
  more: Record<string, string> = {},
): ChildProcess {
  // With a database of its own, wherever the tests run: that is what is tested here.
  const env = { PORT: port, API_KEY, BASE_PATH: basePath, MONGODB_URI: '', ...more };
  const child = startProcess(at, env);
  running.push(child);
  return child;
}

const headers = { 'content-type': 'application/json', 'x-api-key': API_KEY };

const store = (url: string, value: unknown) =>
  fetch(`${url}/events`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ ...QUERY, date: '2026-05-05T00:00:00Z', value }),
  });

const read = async (url: string): Promise<unknown[]> => {
  const response = await fetch(`${url}/events?${new URLSearchParams(QUERY)}`, { headers });
  const { events } = (await response.json()) as { events: { value: unknown }[] };
  return events.map(({ value }) => value);
};

/** Waits for a start that fails; returns its exit code and what it wrote to stderr. */
async function readEnd(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  let said = '';
  child.stderr?.on('data', (data) => {
    said += data;
  });
  const [code] = await once(child, 'close');
  return { code, said };
}

/** The process id of its database. */
async function findChild({ pid }: ChildProcess): Promise<number> {
  const { stdout } = await execa('pgrep', ['--parent', `${pid}`, 'java|mongod']);
  return Number(stdout);
}

describe('npm start', () => {
  it('keeps the data over Ctrl-C, and over a kill that it cannot see', {
    tags: 'long',
  }, async () => {
    const first = start('0');
    expect((await store(await readUrl(first), 'before Ctrl-C')).status).toBe(201);
    expect(await endProcess(first, 'SIGINT')).toBe(0);

    const second = start('0');
    const url = await readUrl(second);
    expect(await read(url)).toEqual(['before Ctrl-C']);
    expect((await store(url, 'before the kill')).status).toBe(201);
    await endProcess(second, 'SIGKILL');

    const third = start('0');
    expect(await read(await readUrl(third))).toEqual(['before the kill', 'before Ctrl-C']);
  });

  it('ends with a message when its database is killed, and has all events afterwards', {
    tags: 'long',
  }, async () => {
    const other = await mkdtemp(join(directory, 'killed-'));
    const child = start('0', other);
    let said = '';
    child.stderr?.on('data', (data) => {
      said += data;
    });
    const url = await readUrl(child);
    const exited = once(child, 'exit');
    expect((await store(url, 'acknowledged')).status).toBe(201);
    process.kill(await findChild(child), 'SIGKILL');
    const late = await store(url, 'too late').catch(() => undefined);

    expect(await exited).toEqual([1, null]);
    // After the failures of requests.
    expect(said.trim().split('\n').at(-1)).toBe(
      'The service ends, because its database has ended: killed by SIGKILL. Every event that was acknowledged is ' +
        'stored; one without a reply may be, so send it again. Start again with npm start',
    );
    expect([undefined, 503]).toContain(late?.status);
    expect(await read(await readUrl(start('0', other)))).toEqual(['acknowledged']);
  });

  it.each([
    ['1', { 'events.h2': '' }],
    ['1', { 'mongod/WiredTiger': '' }],
    ['2', { 'events.h2': '', format: '2\n' }],
    ['3', { 'events.h2': '', format: '3\n' }],
  ])('refuses data of format %s, and says what to do', { tags: 'long' }, async (format, files) => {
    const other = await mkdtemp(join(directory, 'format-'));
    for (const [name, text] of Object.entries(files)) {
      const file = join(other, '.data', name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    const { code, said } = await readEnd(start('0', other));

    expect(code).toBe(1);
    expect(said).toBe(
      `The events in .data have format ${format}, but this version reads format 4: ` +
        'delete or rename that directory, then start again\n',
    );
  });

  it('says in one line that its data are damaged, and removes what a broken-off fetch left', {
    tags: 'long',
  }, async () => {
    const other = await mkdtemp(join(directory, 'damaged-'));
    const leftover = fileURLToPath(
      new URL('../../node_modules/.cache/mongo-java-server/0123456789ab.4194305', import.meta.url),
    );
    await mkdir(leftover, { recursive: true });
    await mkdir(join(other, '.data'));
    await writeFile(join(other, '.data/events.h2'), 'damaged');
    await writeFile(join(other, '.data/format'), '4\n');
    const { code, said } = await readEnd(start('0', other));

    expect(code).toBe(1);
    expect(said).toMatch(
      /^\.data\/events\.h2 cannot be read or written.*: restore it, or delete or rename \.data to start afresh\n$/,
    );
    expect(existsSync(leftover)).toBe(false);
  });

  it('says that a port is taken, and how to take another', { tags: 'long' }, async () => {
    const { port } = new URL(await readUrl(start('0')));
    const { code, said } = await readEnd(start(port));

    expect(code).toBe(1);
    expect(said).toBe(
      `Port ${port} is taken, perhaps by another start; choose one with PORT=8081 npm start\n`,
    );
  });

  it('prints each request, and npm run status tells what runs', { tags: 'long' }, async () => {
    const other = await mkdtemp(join(directory, 'status-'));
    const env = { DATA_DIR: 'elsewhere' };
    const status = () =>
      execa(process.execPath, [toBundle('status.ts')], { cwd: other, env, reject: false });
    const child = start('0', other, '', env);
    const url = await readUrl(child);
    let said = '';
    child.stdout?.on('data', (data) => {
      said += data;
    });

    await read(url);
    await fetch(url, { headers: { accept: 'text/html' } });
    const running = await status();
    const { said: refusal } = await readEnd(start('0', other, '', env));
    await endProcess(child, 'SIGKILL');

    expect(said).toMatch(/^GET \/events\?deviceID=\S+ 200 \d+ ms$/m);
    expect(said).not.toMatch(/^GET \/docs/m);
    expect(running.stdout).toContain(`The API is at ${url}`);
    expect(running.stdout).toMatch(/^ {2}key +a-key-of-the-tests-0123456789$/m);
    expect(refusal).toBe(
      'elsewhere/events.h2 is in use by another start: choose another DATA_DIR\n',
    );
    expect(await status()).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('npm start'),
    });
  });

  it.each([
    [
      { MONGODB_URI: 'mongodb://me:secret@127.0.0.1:1/events?serverSelectionTimeoutMS=500' },
      /^The database of MONGODB_URI, mongodb:\/\/\*\*\*@127\.0\.0\.1:1\/events, cannot be used: connect ECONNREFUSED/,
    ],
    [
      {
        MONGODB_URI:
          'mongodb://127.0.0.1:1/events?serverSelectionTimeoutMS=500&tlsCertificateKeyFilePassword=secret',
      },
      /^The database of MONGODB_URI, mongodb:\/\/127\.0\.0\.1:1\/events, cannot be used: connect ECONNREFUSED/,
    ],
    [
      { MONGODB_URI: 'mongodb://me:p@secret@127.0.0.1:1/events' },
      /^The database of MONGODB_URI, mongodb:\/\/\*\*\*@127\.0\.0\.1:1\/events, cannot be used: .*\(percent-encode/,
    ],
    [
      { MONGODB_URI: 'mongodb://me:secret@127.0.0.1:1/events?frob=secret' },
      /^The database of MONGODB_URI, mongodb:\/\/\*\*\*@127\.0\.0\.1:1\/events, cannot be used: option frob is not supported/,
    ],
    [{ MONGODB_URI: 'localhost:27017' }, /^MONGODB_URI must begin with mongodb:\/\/ or/],
    [{ HOST: '192.0.2.1' }, /^HOST is 192\.0\.2\.1: listen EADDRNOTAVAIL/],
    [
      { DATA_DIR: '/dev/null/x' },
      /^Nothing can be written to \/dev\/null\/x: choose another DATA_DIR/,
    ],
    [{ DATA_DIR: '/dev/null' }, /^Nothing can be written to \/dev\/null: choose another DATA_DIR/],
    [
      { MONGOMS_SYSTEM_BINARY: '/dev/null/mongod' },
      /^MONGOMS_SYSTEM_BINARY is \/dev\/null\/mongod, which is no program/,
    ],
    // Node's recursive mkdir does not return from there.
    [
      { DATA_DIR: '/proc/nope/x' },
      /^Nothing can be written to \/proc\/nope\/x: choose another DATA_DIR/,
    ],
  ])('says in one line what is wrong with %j', { tags: 'long' }, async (env, message) => {
    const { code, said } = await readEnd(start('0', directory, '', env));

    expect([code, said.split('\n').length]).toEqual([1, 2]);
    expect(said).toMatch(message);
    expect(said).not.toContain('secret');
  });

  it('serves the API below BASE_PATH, and its pages where they were', {
    tags: 'long',
  }, async () => {
    const other = await mkdtemp(join(directory, 'base-'));
    const url = await readUrl(start('0', other, '/v1/'));
    const { origin, pathname } = new URL(url);

    expect(pathname).toBe('/v1');
    expect((await store(url, 'below')).status).toBe(201);
    expect(await read(url)).toEqual(['below']);
    const outside = await fetch(`${origin}/events`, { headers });
    expect([outside.status, await outside.json()]).toEqual([403, { message: 'Forbidden' }]);
    const { type } = (await (await fetch(`${url}/nothing`)).json()) as { type: string };
    const page = await fetch(new URL(type, url), { redirect: 'manual' });
    expect([page.status, page.headers.get('location')]).toEqual([308, '/docs/problems/not-found/']);
    expect((await fetch(`${origin}/dashboard/`, { method: 'POST' })).status).toBe(405);
  });

  it.each([
    ['v1/events', 'BASE_PATH is v1/events: it must be one segment of letters, digits, -, _ and .'],
    ['docs', 'BASE_PATH is docs: choose another one, since pages are served there'],
  ])('refuses BASE_PATH=%s', { tags: 'long' }, async (basePath, reason) => {
    const { code, said } = await readEnd(start('0', directory, basePath));

    expect(code).toBe(1);
    expect(said).toBe(`${reason}\n`);
  });

  it.each(['http', '65536', '-1'])('refuses PORT=%s', { tags: 'long' }, async (port) => {
    const [code] = await once(start(port), 'exit');

    expect(code).toBe(1);
  });
});
