import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { API_KEY, serve } from './fixture.ts';

// Like the gateway's own, but that nobody has to wait for them.
const LIMITS = { headersMs: 500, requestMs: 600, idleMs: 800, connections: 300 };
// What a busy machine, and Node's looking only now and then, may add to a limit.
const SLACK_MS = 4_000;
const LARGE = 'x'.repeat(5_000_000);

const clients: Socket[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});

/** A gateway that ends slow clients; `expectService` is one that is not slow. */
async function start(limits = LIMITS) {
  const invoke = async ({ path }: { path: string }) => ({ body: path === '/open' ? '{}' : LARGE });
  const { send, events, port, server } = await serve({}, invoke, limits);
  const expectService = async (): Promise<void> => {
    const end = performance.now() + SLACK_MS;
    let reply = await send('/open');
    // The test is of the same process: while it is busy itself, anybody is late.
    while (reply.status === 408 && performance.now() < end) reply = await send('/open');
    expect(reply).toMatchObject({ status: 200, body: '{}' });
    expect(performance.now()).toBeLessThan(end);
  };
  const countConnections = promisify(server.getConnections.bind(server));
  return { port, events, countConnections, expectService };
}

/** A client that says this much to begin with, and what it gets. */
function open(port: number, text = '') {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  clients.push(socket);
  let received = '';
  socket.on('data', (data) => {
    received += data.toString('latin1');
  });
  socket.write(text);
  return { socket, received: () => received };
}

/** Adds a byte now and then, until the server has enough. */
async function drip(socket: Socket): Promise<void> {
  while (!socket.destroyed && socket.writable) {
    socket.write('x');
    await sleep(20);
  }
}

async function expectEnd(socket: Socket, limitMs: number): Promise<void> {
  const started = performance.now();
  // Not events.once, to which a reset is an error.
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
  expect(performance.now() - started).toBeLessThan(limitMs + SLACK_MS);
}

const POST = `POST /things HTTP/1.1\r\nHost: x\r\nX-Api-Key: ${API_KEY}\r\n`;

describe('a slow client', () => {
  it('is ended when its headers come a byte at a time', async () => {
    const { port, events, expectService } = await start();
    const { socket, received } = open(port, 'GET /open HTTP/1.1\r\nHost: x\r\nX: ');
    void drip(socket);

    await expectService();
    await expectEnd(socket, LIMITS.headersMs);

    expect(received()).toMatch(/^HTTP\/1\.1 408 /);
    expect(events.map(({ path }) => path)).toEqual(['/open']);
  });

  it('is ended when its body comes a byte at a time', async () => {
    const { port, events, expectService } = await start();
    const { socket, received } = open(port, `${POST}Content-Length: 1000\r\n\r\n`);
    void drip(socket);

    await expectService();
    await expectEnd(socket, LIMITS.requestMs);

    expect(received()).toMatch(/^HTTP\/1\.1 408 /);
    expect(events.map(({ path }) => path)).toEqual(['/open']);
  });

  it('is ended when it does not read its replies', async () => {
    const { port, countConnections, expectService } = await start();
    const request = `GET /things/1 HTTP/1.1\r\nHost: x\r\nX-Api-Key: ${API_KEY}\r\n\r\n`;
    const { socket } = open(port, request.repeat(4));
    socket.pause();

    await expectService();
    for (const end = performance.now() + LIMITS.idleMs + SLACK_MS; ; await sleep(50)) {
      if ((await countConnections()) === 0) break;
      expect(performance.now()).toBeLessThan(end);
    }
  });

  it('is ended when it says nothing', async () => {
    const { port, expectService } = await start();
    const { socket } = open(port);

    await expectService();
    await expectEnd(socket, LIMITS.headersMs);
  });

  it('is ended when it says nothing more', async () => {
    const { port, expectService } = await start();
    const { socket, received } = open(port, 'GET /open HTTP/1.1\r\nHost: x\r\n\r\n');
    while (!received().endsWith('{}')) await sleep(5);
    const started = performance.now();

    await expectService();
    await expectEnd(socket, LIMITS.idleMs);

    expect(performance.now() - started).toBeGreaterThan(LIMITS.idleMs / 2);
  });
});

describe('hundreds of idle clients', () => {
  it('do not keep out the others, and are ended', async () => {
    const { port, expectService } = await start();
    const idle = Array.from({ length: 290 }, () => open(port));
    await Promise.all(idle.map(({ socket }) => once(socket, 'connect')));

    for (let times = 0; times < 5; times += 1) await expectService();

    await Promise.all(idle.map(({ socket }) => expectEnd(socket, LIMITS.headersMs)));
  });

  it('are no more than the server has room for', async () => {
    const { port, expectService } = await start();
    const idle = Array.from({ length: 330 }, () => open(port));
    await Promise.all(idle.map(({ socket }) => once(socket, 'connect')));

    await Promise.all(idle.map(({ socket }) => expectEnd(socket, LIMITS.headersMs)));
    const turnedAway = idle.filter(({ received }) => received() === '');
    expect(turnedAway.length).toBeGreaterThanOrEqual(30);
    expect(turnedAway.length).toBeLessThan(100);
    await expectService();
  });
});

describe('clients that keep their connections', () => {
  const GET = 'GET /open HTTP/1.1\r\nHost: x\r\n\r\n';

  /** Clients that have had a reply each, one after the other. */
  async function openIdle(port: number, count: number) {
    const idle: ReturnType<typeof open>[] = [];
    for (let nth = 0; nth < count; nth += 1) {
      const client = open(port, GET);
      while (!client.received().endsWith('{}')) await sleep(1);
      idle.push(client);
    }
    return idle;
  }

  const isOpen = ({ socket }: { socket: Socket }): boolean => !socket.closed;
  const MANY = { headersMs: 60_000, requestMs: 60_000, idleMs: 60_000, connections: 10 };

  it('make room for others: the one that has been idle longest goes first', async () => {
    const { port, expectService } = await start(MANY);
    const [first, second, ...others] = await openIdle(port, 10);
    // Now the second has been idle longest.
    first?.socket.write(GET);
    await expect.poll(() => first?.received()).toMatch(/\{\}HTTP.*\{\}$/s);

    for (let times = 0; times < 3; times += 1) await expectService();

    await expect.poll(() => second && isOpen(second)).toBe(false);
    expect(first && isOpen(first)).toBe(true);
    expect(others.filter(isOpen).length).toBeGreaterThanOrEqual(7);
  });

  it('are kept while a request is under way, or has begun', async () => {
    const { port, expectService } = await start(MANY);
    const busy = Array.from({ length: 4 }, () => open(port, `${POST}Content-Length: 2\r\n\r\n`));
    const idle = await openIdle(port, 6);
    const begun = idle.slice(0, 2);
    for (const { socket } of begun) socket.write('GET /op');
    await sleep(50);

    for (let times = 0; times < 20; times += 1) await expectService();
    const crowd = await openIdle(port, 20);

    expect([busy.filter(isOpen).length, begun.filter(isOpen).length]).toEqual([4, 2]);
    expect(crowd.filter(isOpen).length).toBeGreaterThan(0);
    for (const { socket } of busy) socket.write('{}');
    for (const { socket } of begun) socket.write('en HTTP/1.1\r\nHost: x\r\n\r\n');
    for (const { received } of busy) await expect.poll(received).toMatch(/^HTTP/);
    for (const { received } of begun) await expect.poll(received).toMatch(/\{\}HTTP.*\{\}$/s);
  });

  it('are the only ones served while all of them have a request under way', async () => {
    const { port, expectService } = await start(MANY);
    const busy = Array.from({ length: 10 }, () => open(port, `${POST}Content-Length: 2\r\n\r\n`));
    await sleep(100);
    const late = open(port, GET);

    await expectEnd(late.socket, 0);
    expect(late.received()).toBe('');
    expect(busy.filter(isOpen)).toHaveLength(10);
    busy[0]?.socket.write('{}');
    await expect.poll(() => busy[0]?.received()).toMatch(/^HTTP/);
    await expectService();
  });
});

describe('a client that sends more than it may', () => {
  it('is told so, though it sends all of it before it reads', async () => {
    const { port, expectService } = await start();
    const { socket, received } = open(port, `${POST}Content-Length: 60000000\r\n\r\n`);
    socket.pause();
    const rest = Buffer.alloc(1_000_000, ' ');
    for (let megabytes = 0; megabytes < 60; megabytes += 1) {
      await new Promise((resolve) => socket.write(rest, resolve));
    }
    socket.resume();

    await expectEnd(socket, LIMITS.idleMs);

    expect(received()).toMatch(/^HTTP\/1\.1 413 .*10485760 bytes\.$/s);
    await expectService();
  });

  it('is ended when it goes on for ever', async () => {
    const { port, events } = await start();
    const { socket, received } = open(port, `${POST}Transfer-Encoding: chunked\r\n\r\n`);
    const chunk = `${(1_000_000).toString(16)}\r\n${' '.repeat(1_000_000)}\r\n`;
    const sent = (async () => {
      while (socket.writable) await new Promise((resolve) => socket.write(chunk, resolve));
    })();

    await expectEnd(socket, LIMITS.requestMs);
    await sent;

    expect(received()).toMatch(/^HTTP\/1\.1 413 /);
    expect(events).toEqual([]);
  });
});
