import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFreePort } from '../../scripts/shared/find-free-port.ts';
import { endProcess, startProcess, toBundle } from '../harness/service-process.ts';
import { API_KEY } from './fixture.ts';

// Linux tells what a process holds; elsewhere the bomb is only sent.
const STATUS = process.platform === 'linux';
const MB = 1_000_000;
// A gzip file may have many members: these are 10 GB in less than the 10 MB that a body may have.
const member = gzipSync(Buffer.alloc(10 * MB));
const bomb = Buffer.alloc(member.length * 1_000, member);

let endpoint: Server;
let gateway: ChildProcess;
let url = '';
let silent: Promise<number>;

beforeAll(async () => {
  endpoint = await listen();
  const port = await findFreePort();
  url = `http://127.0.0.1:${port}`;
  const LAMBDA_ENDPOINT = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}`;
  const env = { PORT: String(port), API_KEY, LAMBDA_ENDPOINT };
  gateway = startProcess(tmpdir(), env, [toBundle('local/start-gateway.ts')]);
  for await (const output of gateway.stdout ?? []) if (String(output).includes('The API')) break;
  silent = waitSilently(port);
});
afterAll(async () => {
  await endProcess(gateway, 'SIGTERM');
  endpoint.close();
});

describe('the gateway as a process', () => {
  it('holds no more than it must of ten gzip bombs at once, and serves others meanwhile', {
    tags: 'long',
  }, async () => {
    expect(bomb.length).toBeLessThan(10_485_760);
    const before = await readMemory();
    let peak = before;
    const explosions = Promise.all(Array.from({ length: 10 }, explode));
    const watched = watch(explosions, async () => {
      peak = Math.max(peak, await readMemory());
      expect((await fetch(`${url}/health`)).status).toBe(200);
    });

    expect(await explosions).toEqual(Array(10).fill(413));
    await watched;

    // Ten times 10 MB as they came, as one piece, and as far as they were unpacked.
    expect(peak - before).toBeLessThan(500 * MB);
  });

  it('ends who says nothing, as soon as the headers of a request would be too late', {
    tags: 'long',
  }, async () => {
    const seconds = (await silent) / 1_000;

    expect(seconds).toBeGreaterThan(9);
    expect(seconds).toBeLessThan(60);
  });
});

/** For how long a client that says nothing is borne. */
async function waitSilently(port: number): Promise<number> {
  const started = performance.now();
  await once(connect(port, '127.0.0.1').resume(), 'close');
  return performance.now() - started;
}

async function explode(): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    'content-encoding': 'gzip',
    'x-api-key': API_KEY,
  };
  const body = new Uint8Array(bomb);
  const response = await fetch(`${url}/events`, { method: 'POST', headers, body });
  return response.status;
}

async function watch(work: Promise<unknown>, look: () => Promise<void>): Promise<void> {
  let isDone = false;
  void work.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await look();
    await sleep(10);
  }
}

/** The bytes that the process has in memory. */
async function readMemory(): Promise<number> {
  if (!STATUS) return 0;
  const status = await readFile(`/proc/${gateway.pid}/status`, 'utf8');
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(status) ?? [];
  return Number(kilobytes) * 1_024;
}

/** A function that says nothing, at any free port. */
async function listen(): Promise<Server> {
  const server = createServer((_, response) => response.end('{"statusCode":200,"body":"{}"}'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
