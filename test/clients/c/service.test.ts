import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { API_KEY, useLocalService } from '../../harness/local-service.ts';
import { listen } from '../../harness/outage.ts';
import { BUILDS, CLIENT, DEVICE, hasCompiler, useCompiler } from './compiler.ts';
import type { DeviceEvent } from './device.ts';
import { startDevice } from './device.ts';

const START = Date.parse('2026-05-05T00:00:00Z');

const service = useLocalService();
const compiler = useCompiler();
let program = '';

describe.skipIf(!hasCompiler)('a device with the C client', () => {
  beforeAll(async () => {
    const { flags = [] } = BUILDS.find(({ name }) => name === 'with sanitizers') ?? {};
    program = await compiler.compileProgram(DEVICE, flags);
  });

  it.each<[string, DeviceEvent['kind'], string | Buffer, unknown]>([
    ['an integer', 'integer', '-9007199254740992', -9007199254740992],
    ['a number with a point', 'double', '21.456789', 21.456789],
    ['the text of a number', 'number', '6.02e23', 6.02e23],
    ['true', 'bool', 'true', true],
    ['nothing', 'null', '', null],
    ['an empty text', 'string', '', ''],
    [
      'text with special characters',
      'string',
      '"\\/\b\f\n\r\t\0\u001f\u007f\u2028"], 🌡 שלום',
      '"\\/\b\f\n\r\t\0\u001f\u007f\u2028"], 🌡 שלום',
    ],
    [
      'text that is not UTF-8',
      'string',
      Buffer.from([0x61, 0xff, 0xc0, 0x80, 0x7a]),
      'a\ufffd\ufffd\ufffdz',
    ],
    [
      'JSON',
      'json',
      ' {"a.b": [1, {"$x": null}], "__proto__": "\\ud83c"} ',
      JSON.parse('{"a.b":[1,{"$x":null}],"__proto__":"\\ud83c"}'),
    ],
  ])('stores %s', async (_, kind, value, stored) => {
    await using device = startDevice(program, { port: servicePort(), key: API_KEY });
    const event = {
      deviceID: randomUUID(),
      eventType: 'a-b:c./_1',
      date: START + 250,
      kind,
      value,
    };

    expect(await device.add(event)).toBe('ok');
    expect(await device.flush()).toBe('ok');

    expect(await read(event)).toMatchObject([{ date: '2026-05-05T00:00:00.250Z', value: stored }]);
  });

  it('sends thousands of events in batches, each once', async () => {
    await using device = startDevice(program, { port: servicePort(), key: API_KEY });
    const events = timeline(2_500);
    for (const event of events) expect(await device.add(event)).toBe('ok');

    await device.empty();

    expect(await device.state()).toMatchObject({
      pending: 0,
      created: 2_500,
      attempts: 3,
      failures: 0,
    });
    expect(await readValues(events)).toEqual(events.map((_, i) => i));
  });

  it('loses and duplicates no event if replies are lost, entirely or in part', async () => {
    const lost = ['all', 100, 'all', 3_000, 20_000, 'all'] as const;
    let connections = 0;
    const before = Date.now();
    await using proxy = await listen((socket) => forward(socket, lost[connections++]));
    await using device = startDevice(program, { port: proxy.port, key: API_KEY, boot: 7 });
    const dated = timeline(600);
    const undated = timeline(600).map(({ date, ...event }) => ({ ...event, value: '5' }));
    for (const [i, event] of dated.entries()) {
      expect(await device.add(event)).toBe('ok');
      expect(await device.add(undated[i] as DeviceEvent)).toBe('ok');
    }

    await device.empty();

    const { pending, created = 0, duplicates = 0, failures } = await device.state();
    expect(pending).toBe(0);
    expect(created + duplicates).toBe(1_200);
    expect(duplicates).toBeGreaterThanOrEqual(1_000);
    expect(failures).toBe(lost.length);
    expect(await readValues(dated)).toEqual(dated.map((_, i) => i));
    const stored = await read({ ...(undated[0] as DeviceEvent), date: before });
    expect(stored).toHaveLength(600);
  });

  it("reports which event was rejected, why, and the server's time", async () => {
    await using device = startDevice(program, { port: servicePort(), key: API_KEY });
    const [first, second, third] = timeline(3) as [DeviceEvent, DeviceEvent, DeviceEvent];
    const before = Date.now();
    await device.add(first);
    await device.add({ ...second, date: Date.parse('9999-12-31T23:59:59.999Z') });
    await device.add(third);

    expect(await device.flush()).toBe('ok');

    expect(await device.state()).toMatchObject({ pending: 0, created: 2, rejected: 1 });
    const [rejected, type, event = ''] = (
      device.told.find((line) => /^rejected/.test(line)) ?? ''
    ).split(' ');
    expect([rejected, type]).toEqual(['rejected', '/problems/clock-skew']);
    expect(JSON.parse(Buffer.from(event, 'hex').toString())).toMatchObject({
      value: 1,
      deviceID: second.deviceID,
    });
    const [, time, exact] = (device.told.find((line) => /^time/.test(line)) ?? '').split(' ');
    expect(exact).toBe('1');
    expect(Number(time)).toBeGreaterThanOrEqual(before);
    expect(Number(time)).toBeLessThanOrEqual(Date.now());
    expect(await readValues([first])).toEqual([0, 2]);
  });

  it('keeps its events while it is offline, and sends them afterwards', async () => {
    const gone = await listen(() => undefined);
    await gone[Symbol.asyncDispose]();
    await using device = startDevice(program, { port: gone.port, key: API_KEY });
    const events = timeline(20);
    for (const event of events) await device.add(event);
    expect(await device.flush()).toBe('no answer');
    expect(await device.flush()).toBe('waiting');
    expect(await device.state()).toMatchObject({ pending: 20, attempts: 1, status: 0 });

    await using _ = await listen((socket) => forward(socket), gone.port);
    await device.empty();

    expect(await readValues(events)).toEqual(events.map((_, i) => i));
  });

  it('keeps its events if the key is refused, and takes the time from the reply', async () => {
    await using device = startDevice(program, {
      port: servicePort(),
      key: 'another-key-0123456789',
    });
    await device.add(timeline(1)[0] as DeviceEvent);

    expect(await device.flush()).toBe('refused');

    expect(await device.state()).toMatchObject({ pending: 1, rejected: 0, status: 403 });
    const [, time, exact] = (device.told[0] ?? '').split(' ');
    expect(exact).toBe('0');
    expect(Math.abs(Number(time) - Date.now())).toBeLessThan(2_000);
  });

  it('waits as long as Retry-After asks', async () => {
    await using busy = await listen((socket) => {
      socket.once('data', () =>
        socket.end('HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\n{}'),
      );
    });
    await using device = startDevice(program, { port: busy.port, key: API_KEY });
    await device.add(timeline(1)[0] as DeviceEvent);

    expect(await device.flush()).toBe('try later');

    const { waitMs, pending } = await device.state();
    expect(pending).toBe(1);
    expect(waitMs).toBeGreaterThan(6_900);
    expect(waitMs).toBeLessThan(7_000 * 1.25 + 1_000);
  });

  describe('compresses by the hook of the README', () => {
    let zipping = '';
    beforeEach(({ skip }) => skip(zipping === '', 'zlib is not installed (zlib1g-dev)'));
    beforeAll(async () => {
      if (!compiler.has('-lz')) return;
      const readme = await readFile(join(CLIENT, 'README.md'), 'utf8');
      const [, hook = ''] = /```c\n(#define ZLIB_CONST.*?)```/s.exec(readme) ?? [];
      await writeFile(join(compiler.directory(), 'readme_hook.h'), hook);
      const flags = ['-DWITH_ZLIB', `-I${compiler.directory()}`, '-lz'];
      zipping = await compiler.compileProgram(DEVICE, flags);
    });

    it('to a tenth of the bytes', async () => {
      let received = Buffer.alloc(0);
      await using proxy = await listen((socket) => {
        socket.on('data', (data) => {
          received = Buffer.concat([received, data]);
        });
        forward(socket);
      });
      await using device = startDevice(zipping, { port: proxy.port, key: API_KEY });
      const events = timeline(50);
      for (const event of events) expect(await device.add(event)).toBe('ok');

      expect(await device.flush()).toBe('ok');

      const end = received.indexOf('\r\n\r\n') + 4;
      const head = received.subarray(0, end).toString();
      expect(head).toContain('\r\ncontent-encoding: gzip\r\n');
      expect(head).toContain(`\r\ncontent-length: ${received.length - end}\r\n`);
      const { events: sent } = JSON.parse(gunzipSync(received.subarray(end)).toString());
      expect(sent).toHaveLength(50);
      expect(received.length - end).toBeLessThan(JSON.stringify({ events: sent }).length / 10);
      expect(await readValues(events)).toEqual(events.map((_, i) => i));
    });

    it('and loses nothing if what it writes is damaged', { tags: 'long' }, async () => {
      const settings = { port: servicePort(), key: API_KEY, env: { CORRUPT: '1' } };
      await using device = startDevice(zipping, settings);
      const events = timeline(50);
      for (const event of events) await device.add(event);

      await device.empty();

      expect(await device.state()).toMatchObject({ pending: 0, created: 50, rejected: 0 });
      expect(await readValues(events)).toEqual(events.map((_, i) => i));
    });
  });
});

/** Events of one device, one second apart; their values count up from 0. */
function timeline(length: number): DeviceEvent[] {
  const deviceID = randomUUID();
  const event = { deviceID, eventType: 'temp_celsius', kind: 'integer' } as const;
  return Array.from({ length }, (_, i) => ({
    ...event,
    date: START + i * 1_000,
    value: String(i),
  }));
}

function servicePort(): number {
  return Number(new URL(service.url()).port);
}

/** Forwards to the service, and its reply back: `'all'` loses the whole reply, a number keeps that many bytes. */
function forward(socket: Socket, bytes: 'all' | number = Number.POSITIVE_INFINITY): void {
  const upstream = createConnection(servicePort(), '127.0.0.1');
  let left = bytes === 'all' ? 0 : bytes;
  socket.pipe(upstream);
  upstream.on('data', (data) => {
    socket.write(data.subarray(0, left));
    left -= data.length;
    // The service has replied, so the events are stored.
    if (left <= 0) socket.end();
  });
  upstream.on('end', () => socket.end()).on('error', () => socket.destroy());
  socket.on('close', () => upstream.destroy());
}

async function readValues([event]: DeviceEvent[]): Promise<unknown[]> {
  return (await read(event as DeviceEvent)).map(({ value }) => value);
}

/** Reads the events of the same device and type from that day on, oldest first. */
async function read({ deviceID, eventType, date = 0 }: DeviceEvent): Promise<{ value: unknown }[]> {
  const since = `${new Date(date).toISOString().slice(0, 10)}T00:00:00Z`;
  const query = new URLSearchParams({
    deviceID,
    eventType,
    since,
    order: 'asc',
    limit: '10000',
  });
  const headers = { 'x-api-key': API_KEY };
  const response = await fetch(`${service.url()}/events?${query}`, { headers });
  expect(response.status).toBe(200);
  const { events } = (await response.json()) as { events: { value: unknown }[] };
  return events;
}
