import type { ChildProcess } from 'node:child_process';
import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endProcess, readUrl, startProcess } from '../harness/service-process.ts';
import { ENGINE, writeMongod } from './mongod-stand-in.ts';

const API_KEY = 'a-key-of-the-tests-0123456789';
const QUERY = { deviceID: randomUUID(), eventType: 'boot', date: '2026-05-05' };
const headers = { 'content-type': 'application/json', 'x-api-key': API_KEY };

let directory = '';
const running: ChildProcess[] = [];
const closing: (() => void)[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'iot-events-mongod-'));
});
afterEach(async () => {
  for (const child of running.splice(0)) await endProcess(child, 'SIGINT');
  for (const close of closing.splice(0)) close();
  rmSync(directory, { recursive: true });
});

/** Runs `npm start` where neither a database nor a mongod is known but those of the variables. */
function start(env: Record<string, string>) {
  const child = startProcess(directory, {
    PORT: '0',
    API_KEY,
    MONGODB_URI: '',
    HOME: directory,
    MONGOMS_DOWNLOAD_DIR: join(directory, 'binaries'),
    ...env,
  });
  running.push(child);
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data) => {
      output.text += data;
    });
  const url = readUrl(child).catch((error) => {
    throw new Error(output.text, { cause: error });
  });
  return { child, output, url };
}

const startNamed = (mongod: string) => start({ MONGOMS_SYSTEM_BINARY: mongod });

/** What `npm start` says when it cannot start. */
async function readFailure(started: ReturnType<typeof start>): Promise<string> {
  started.url.catch(() => undefined);
  const [code] = await once(started.child, 'close');
  expect(code).toBe(1);
  return started.output.text;
}

async function store(url: string, value: string): Promise<void> {
  const event = { ...QUERY, date: '2026-05-05T00:00:00Z', value };
  const body = JSON.stringify(event);
  expect((await fetch(`${url}/events`, { method: 'POST', headers, body })).status).toBe(201);
}

async function read(url: string): Promise<unknown[]> {
  const response = await fetch(`${url}/events?${new URLSearchParams(QUERY)}`, { headers });
  const { events } = (await response.json()) as { events: { value: unknown }[] };
  return events.map(({ value }) => value).sort();
}

/** A download site of one's own, as the variables that name it. */
async function serve(listener: RequestListener): Promise<Record<string, string>> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { MONGOMS_DOWNLOAD_MIRROR: `http://127.0.0.1:${port}`, MONGOMS_USE_HTTP: 'true' };
}

/** Serves a mongod as MongoDB's site does: an archive, and its checksum beside it. */
function toSite(mongod: string): RequestListener {
  const archive = join(directory, 'archive.tgz');
  execFileSync('tar', ['-czf', archive, '-C', join(mongod, '../..'), 'bin/mongod']);
  const content = readFileSync(archive);
  const checksum = createHash('md5').update(content).digest('hex');
  return ({ url = '' }, response) => {
    const body = url.endsWith('.md5') ? Buffer.from(`${checksum}  archive.tgz\n`) : content;
    response.writeHead(200, { 'content-length': body.length }).end(body);
  };
}

describe.skipIf(!ENGINE)('a mongod that MONGOMS_SYSTEM_BINARY names', () => {
  it('keeps the data over Ctrl-C, and over a kill of the service', async () => {
    const mongod = writeMongod(join(directory, 'bin/mongod'));
    const first = startNamed(mongod);
    await store(await first.url, 'before Ctrl-C');
    expect(await endProcess(first.child, 'SIGINT')).toBe(0);

    const second = startNamed(mongod);
    const url = await second.url;
    expect(await read(url)).toEqual(['before Ctrl-C']);
    await store(url, 'before the kill');
    await endProcess(second.child, 'SIGKILL');

    // The database of the killed service ends some seconds later.
    expect(await read(await startNamed(mongod).url)).toEqual(['before Ctrl-C', 'before the kill']);
  });

  it('ends with the service', async () => {
    const { child, url } = startNamed(writeMongod(join(directory, 'bin/mongod')));
    await url;
    const address = readFileSync(join(directory, '.data/mongodb-uri'), 'utf8');

    expect(await endProcess(child, 'SIGTERM')).toBe(0);

    const { port } = new URL(address);
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow('fetch failed');
  });

  it('is used whatever its version, which the first lines say', async () => {
    const { url, output } = startNamed(writeMongod(join(directory, 'bin/mongod'), '7.0.5'));
    await url;

    expect(output.text).toContain('SystemBinary version: "7.0.5"');
    // What answers: the stand-in for mongod is one of this version.
    expect(output.text).toMatch(/database +mongod 8\.2\.\d+$/m);
    expect(output.text).not.toContain('download');
  });

  it.each<[title: string, mongod: () => string, reason: string]>([
    ['has no version', () => writeMongod(join(directory, 'm'), ''), 'Couldnt find an version'],
    ['ends at once', () => writeMongod(join(directory, 'm'), '8.0.13', ''), 'Exited before'],
    [
      'cannot read the data',
      () => writeMongod(join(directory, 'm'), '8.0.13', 'echo "Wrong mongod version"; exit 62'),
      'closed unexpectedly with code "62"',
    ],
    [
      'crashes',
      () => writeMongod(join(directory, 'm'), '8.0.13', 'kill -ILL $$'),
      'closed unexpectedly with code "null" and signal "SIGILL"',
    ],
    [
      'never serves',
      () => writeMongod(join(directory, 'm'), '8.0.13', 'exec sleep 60'),
      'failed to start within',
    ],
  ])('that %s is reported, with what to do', async (_, mongod, reason) => {
    const said = await readFailure(startNamed(mongod()));

    expect(said).toContain('No database could be started: ');
    expect(said).toContain(reason);
    expect(said).toContain('set MONGOMS_SYSTEM_BINARY to the path of a mongod on this machine');
  });

  it('that is nowhere is reported in one line', async () => {
    const path = join(directory, 'nowhere');

    expect(await readFailure(startNamed(path))).toMatch(
      new RegExp(`^MONGOMS_SYSTEM_BINARY is ${path}, which is no program that can be run\\b.*\n$`),
    );
  });
});

describe.skipIf(!ENGINE)('a mongod that is downloaded', () => {
  it('is kept, and used again when the site is away', async () => {
    const serveArchive = toSite(writeMongod(join(directory, 'site/bin/mongod')));
    let isAway = false;
    const site = await serve((request, response) => {
      if (isAway) response.writeHead(503).end();
      else serveArchive(request, response);
    });
    const first = start(site);
    await store(await first.url, 'after the download');
    await endProcess(first.child, 'SIGINT');
    isAway = true;

    const second = start(site);

    expect(await read(await second.url)).toEqual(['after the download']);
    expect(second.output.text).toMatch(/database +mongod 8/);
  });

  it.each<[title: string, listener: RequestListener]>([
    ['refuses', (_, response) => response.writeHead(403).end()],
    ['does not answer', () => undefined],
    ['breaks the connection', ({ socket }) => socket.destroy()],
    [
      'refuses once it is asked for more than the size',
      ({ method }, response) => response.writeHead(method === 'HEAD' ? 200 : 403).end(),
    ],
    [
      'has something else there',
      (_, response) => response.writeHead(200, { 'content-length': 4 }).end('Hi\n\n'),
    ],
  ])('is replaced by mongo-java-server where the site %s', async (_, listener) => {
    const { url, output } = start(await serve(listener));

    await store(await url, 'without mongod');

    expect(output.text).toMatch(/database +mongo-java-server 1\.47\.0/);
  });

  it('is replaced by mongo-java-server where it does not start, which is reported', async () => {
    const broken = writeMongod(join(directory, 'site/bin/mongod'), '8.0.13', 'exit 127');
    const { url, output } = start(await serve(toSite(broken)));

    await store(await url, 'without mongod');

    expect(output.text).toContain('closed unexpectedly with code "127"');
    expect(output.text).toMatch(/database +mongo-java-server 1\.47\.0/);
  });
});

describe.skipIf(!ENGINE)('data of one database', () => {
  const refuse: RequestListener = (_, response) => response.writeHead(403).end();

  it('is not left out of sight where mongod is not available any more', async () => {
    const first = startNamed(writeMongod(join(directory, 'bin/mongod')));
    await store(await first.url, 'in mongod');
    await endProcess(first.child, 'SIGINT');

    const said = await readFailure(start(await serve(refuse)));

    expect(said).toContain('.data/mongod has events, but there is no mongod to read them');
  });

  it('stays in use where mongod is available later', async () => {
    const first = start(await serve(refuse));
    await store(await first.url, 'in mongo-java-server');
    await endProcess(first.child, 'SIGINT');
    const mongod = writeMongod(join(directory, 'site/bin/mongod'));

    const second = start(await serve(toSite(mongod)));

    expect(await read(await second.url)).toEqual(['in mongo-java-server']);
  });
});
