import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../src/database/connect.ts';
import { createApiHandlers } from '../../src/lambda/api-handler.ts';
import { askStream } from '../harness/ask-stream.ts';
import { useDatabase } from '../harness/database.ts';
import { expectErrors } from '../harness/expect-errors.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

const { uri } = useDatabase();
const client = connect(uri);
afterAll(() => client.close());

const deviceID = randomUUID();
const DAY = Date.parse('2026-05-05T12:00:00Z');
const TYPES = { a: 3, b: 700, c: 1, d: 300 };
const path = '/events/export';
const query = { deviceID, since: '2026-05-05T00:00:00Z' };
// A page of the export is 1 MB at most, so this ends after each.
const short = { streamLimits: { bytes: 1, milliseconds: 60_000 } };

const toEvents = (eventType: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    deviceID,
    eventType,
    date: new Date(DAY + index * 1_000).toISOString(),
    value: eventType === 'd' ? '"'.repeat(8_000) : index,
  }));
const EVENTS = Object.entries(TYPES).flatMap(([type, count]) => toEvents(type, count));

beforeAll(async () => {
  const { handler } = createApiHandlers(client);
  for (let from = 0; from < EVENTS.length; from += 100) {
    const body = JSON.stringify({ events: EVENTS.slice(from, from + 100) });
    const event = proxyEvent({ method: 'POST', path: '/events/batch', body });
    expect((await handler(event)).statusCode).toBe(207);
  }
});

type Options = Parameters<typeof createApiHandlers>[1];

const ask = (more: Record<string, string> = {}, options: Options = {}, headers = {}) =>
  askStream(createApiHandlers(client, options).stream, {
    path,
    query: { ...query, ...more },
    headers,
  });

const toLines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('an export', () => {
  it('has all types of a device, one after the other, in one stream beyond 6 MB of JSON text', async () => {
    const lines = toLines((await ask()).text);

    expect(lines.pop()).toEqual({ complete: true });
    expect(lines).toEqual(EVENTS);
  });

  it('of a device without events is complete', async () => {
    const { statusCode, text } = await ask({ deviceID: randomUUID() });

    expect([statusCode, text]).toEqual([200, '{"complete":true}\n']);
  });

  it.each([
    ['of all types', {}, EVENTS],
    ['of one type', { eventType: 'd' }, toEvents('d', 300)],
  ])('%s ends with a cursor at its limit, and goes on there', async (_, more, events) => {
    const lines = [];
    let parts = 0;
    for (let cursor: string | undefined = ''; cursor !== undefined; parts += 1) {
      const { text } = await ask({ ...more, ...(cursor && { cursor }) }, short);
      const part = toLines(text);
      const { complete, nextCursor } = part.pop();
      expect(complete).toBe(nextCursor === undefined);
      lines.push(...part);
      cursor = nextCursor;
    }

    expect(lines).toEqual(events);
    expect(parts).toBeGreaterThan(1);
  });

  it('ends with a cursor when its time is over', async () => {
    const { text } = await ask({}, { streamLimits: { bytes: 1e9, milliseconds: -1 } });

    expect(toLines(text).at(-1)).toEqual({ complete: false, nextCursor: expect.any(String) });
  });

  it('as CSV ends with a line that has the cursor', async () => {
    const { text } = await ask({}, short, { accept: 'text/csv' });

    expect(text).toMatch(/^deviceID,eventType,date,value,id\r\n[^#]+\r\n# nextCursor: [\w-]+\r\n$/);
  });

  it.each([
    ['nonsense', {}],
    ['of one type', { eventType: 'd' }],
    ['of another range', { since: '2026-05-04T00:00:00Z' }],
  ])('refuses a cursor %s for that of all types', async (name, more) => {
    const part = await ask(name === 'nonsense' ? {} : more, short);
    const nextCursor = toLines(part.text).at(-1)?.nextCursor;
    const { statusCode, text } = await ask({ cursor: name === 'nonsense' ? 'x' : nextCursor });

    expect([statusCode, JSON.parse(text).errors]).toEqual([
      400,
      [expect.objectContaining({ code: 'invalid-cursor' })],
    ]);
  });
});

describe('an export whose database fails', () => {
  const failing = (from: number) => {
    const broken = connect(`${uri}?monitorCommands=true`);
    let commands = 0;
    broken.on('commandStarted', () => {
      commands += 1;
      if (commands === from) void broken.close(true);
    });
    return broken;
  };

  it('before its first line is a problem', async () => {
    expectErrors();
    const broken = failing(1);
    const { stream } = createApiHandlers(broken);
    const { statusCode, headers } = await askStream(stream, { path, query });
    await broken.close();

    expect([statusCode, headers['Retry-After']]).toEqual([503, '2']);
  });

  it('on its way ends with a cursor', async () => {
    expectErrors();
    const broken = failing(8);
    const { stream } = createApiHandlers(broken);
    const { statusCode, text } = await askStream(stream, { path, query });
    await broken.close();

    expect(statusCode).toBe(200);
    expect(toLines(text).at(-1)).toEqual({ complete: false, nextCursor: expect.any(String) });
  });
});

describe('HEAD of an export', () => {
  it.each([
    [{}, 200, 'application/x-ndjson'],
    [{ since: 'today' }, 400, 'application/problem+json'],
  ])('with %j makes all checks, and reads nothing', async (more, status, type) => {
    const spied = connect(`${uri}?monitorCommands=true`);
    await spied.connect();
    let commands = 0;
    spied.on('commandStarted', () => {
      commands += 1;
    });
    const { handler } = createApiHandlers(spied, { streamSlots: 1 });
    const request = { method: 'HEAD', path, query: { ...query, ...more } };
    const { statusCode, headers, body } = await handler(proxyEvent(request));
    await spied.close();

    expect([statusCode, headers?.['Content-Type'], commands]).toEqual([status, type, 0]);
    if (status === 200) expect(body).toBe('');
  });
});

describe('with no more places', () => {
  it('an export is a 503 with Retry-After, until another one has ended', async () => {
    const options = { streamSlots: 2 };
    const { stream } = createApiHandlers(client, options);
    const all = await Promise.all(
      Array.from({ length: 3 }, () =>
        askStream(stream, { path, query: { ...query, eventType: 'd' } }),
      ),
    );
    const refused = all.filter(({ statusCode }) => statusCode === 503);

    expect(refused).toHaveLength(1);
    expect(refused[0]?.headers['Retry-After']).toBe('15');
    expect(JSON.parse(refused[0]?.text ?? '')).toMatchObject({
      type: '/problems/too-many-streams',
    });
    expect((await ask({}, options)).statusCode).toBe(200);
  });
});
