import { randomUUID } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { BSON, MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { keysOf } from '../../src/access/api-key.ts';
import { manageKeys } from '../../src/access/manage-keys.ts';
import { connect } from '../../src/database/connect.ts';
import { createApiHandlers } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

const { uri } = useDatabase();
const client = connect(uri);
beforeAll(() => client.connect());
afterAll(() => client.close());

type Options = NonNullable<Parameters<typeof createApiHandlers>[1]>;
type Query = { deviceID: string; eventType: string[]; after?: string };
type Message = { id: string; event: string; data: string };

const HOUR_MS = 3_600_000;
const path = '/events/live';
const { handler } = createApiHandlers(client);

const post = async (...events: object[]) => {
  const body = JSON.stringify({ events });
  const reply = await handler(proxyEvent({ method: 'POST', path: '/events/batch', body }));
  expect(reply.statusCode).toBe(207);
  for (const { status } of JSON.parse(reply.body).results) expect(status).toBe('created');
};

/** Opens a stream; `messages` grows until `close`, or until the stream ends by itself. */
const open = (query: Query, options: Options = {}, headers: Record<string, string> = {}) => {
  const messages: Message[] = [];
  const leaving = new AbortController();
  const output = new PassThrough();
  const reply = { status: 0, text: '' };
  const { stream } = createApiHandlers(client, options);
  const ended = stream(
    proxyEvent({ path, query, headers }),
    ({ statusCode }) => {
      reply.status = statusCode;
      return output;
    },
    { signal: leaving.signal },
  ).catch(() => undefined);
  let rest = '';
  output.setEncoding('utf8').on('data', (part) => {
    reply.text += part;
    const blocks = `${rest}${part}`.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = block.split('\n').map((line) => /^(\w*): ?(.*)$/.exec(line) ?? []);
      const find = (name: string) => fields.find(([, each]) => each === name)?.[2] ?? '';
      messages.push({ id: find('id'), event: find('event'), data: find('data') });
    }
  });
  const values = () =>
    messages.filter(({ data, event }) => data && !event).map(({ data }) => JSON.parse(data).value);
  const close = async () => {
    leaving.abort();
    output.destroy();
    await ended;
  };
  return { reply, messages, values, close, ended };
};

const until = async (isTrue: () => boolean) => {
  const end = performance.now() + 10_000;
  while (!isTrue() && performance.now() < end) await sleep(5);
  expect(isTrue()).toBe(true);
};

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

const at = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();

const begin = async (query: Query, options?: Options, headers?: Record<string, string>) => {
  const live = open(query, options, headers);
  await until(() => live.messages.length > 0);
  return live;
};

const toQuery = (...eventType: string[]): Query => ({ deviceID: randomUUID(), eventType });

describe('a live stream', () => {
  it('goes on over midnight, and after two days, but not after four', async () => {
    const query = toQuery('a');
    const send = (value: number, date = new Date().toISOString()) =>
      post({ deviceID: query.deviceID, eventType: 'a', date, value });
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      vi.setSystemTime('2026-05-05T23:59:58.000Z');
      await send(0);
      const live = await begin(query);
      await send(1);
      vi.setSystemTime('2026-05-06T00:00:01.000Z');
      await send(2);
      // The day before goes on, and the day after has begun, by a clock that is ahead.
      await send(3, '2026-05-05T23:59:59.999Z');
      await send(4, '2026-05-07T00:00:00.000Z');
      await until(() => live.values().length === 4);
      expect(live.values().toSorted()).toEqual([1, 2, 3, 4]);
      await live.close();
      const after = live.messages.at(-1)?.id ?? '';

      vi.setSystemTime('2026-05-07T23:59:00.000Z');
      await send(5);
      await send(6, '2026-05-06T00:00:00.000Z');
      // 48 hours and 2 s old when it is received.
      await send(7, '2026-05-05T23:58:58.000Z');
      const again = await begin({ ...query, after });
      await until(() => again.values().length === 2);
      await again.close();
      expect(again.values().toSorted()).toEqual([5, 6]);

      vi.setSystemTime('2026-05-09T23:59:00.000Z');
      const late = open({ ...query, after });
      await late.ended;
      expect(late.reply).toMatchObject({
        status: 400,
        text: expect.stringContaining('"code":"too-old"'),
      });
    } finally {
      vi.useRealTimers();
    }
  });

  it('has events from the moment of asking, late ones, and those of clocks that are ahead', async () => {
    const query = toQuery('a', 'b');
    const { deviceID } = query;
    await post({ deviceID, eventType: 'a', date: at(0), value: 'before' });
    const live = await begin(query);
    await post({ deviceID, eventType: 'a', date: at(0), value: 1, id: 'boot/1' });
    await post({ deviceID, eventType: 'c', date: at(0), value: 'another type' });
    await post({ deviceID, eventType: 'a', date: at(-47.9), value: 2 });
    await post({ deviceID, eventType: 'a', date: at(-49), value: 'too old' });
    await post({ deviceID, eventType: 'b', date: at(23.9), value: 3 });
    await until(() => live.values().length === 3);
    await live.close();

    expect(live.values().sort()).toEqual([1, 2, 3]);
    const first = live.messages.find(({ data }) => data.includes('boot'));
    expect(JSON.parse(first?.data ?? '')).toEqual({
      deviceID,
      eventType: 'a',
      date: expect.stringMatching(/Z$/),
      value: 1,
      id: 'boot/1',
    });
    expect(live.reply.text).toMatch(/^retry: 2000\nid: [\w-]+\n\n/);
  });

  it('goes on after each id, over full buckets', async () => {
    const query = toQuery('a');
    const { deviceID } = query;
    const live = await begin(query);
    const events = Array.from({ length: 450 }, (_, value) => ({
      deviceID,
      eventType: 'a',
      date: new Date(Date.now() - 1_000_000 + value).toISOString(),
      value,
    }));
    await post(...events);
    await until(() => live.values().length === 450);
    await live.close();
    const all = live.values();
    const [opened] = live.messages;

    expect(all).toEqual(events.map(({ value }) => value));
    for (const place of [0, 199, 200, 201, 399, 400, 449]) {
      const { id } = live.messages[place] ?? { id: '' };
      const again = open({ ...query, after: 'nonsense' }, {}, { 'Last-Event-ID': id });
      await until(() => again.values().length === 450 - place);
      await again.close();
      expect(again.values()).toEqual(all.slice(place));
    }
    expect(opened?.data).toBe('');
  });

  it('loses nothing and repeats nothing beside a deletion, and ends by it', async () => {
    const query = toQuery('a');
    const { deviceID } = query;
    await post(...[1, 2, 3].map((value) => ({ deviceID, eventType: 'a', date: at(0), value })));
    const live = await begin(query);
    await post({ deviceID, eventType: 'a', date: at(0), value: 4 });
    await until(() => live.values().length === 1);
    await live.close();
    const { id } = live.messages.findLast(({ data }) => data) ?? { id: '' };
    await handler(proxyEvent({ method: 'DELETE', path: `/devices/${deviceID}` }));
    await post(...[5, 6].map((value) => ({ deviceID, eventType: 'a', date: at(0), value })));
    const again = await begin({ ...query, after: id });
    await until(() => again.values().length === 2);

    expect(again.values()).toEqual([5, 6]);
    await again.close();
  });

  it.each([
    ['a range', [2, 200], [1, ...range(200, 252)]],
    ['a range that has a full bucket', [0, 240], range(240, 252)],
    ['the type', undefined, [250, 251]],
  ])(
    'skips the events of %s that was deleted, and goes on',
    { tags: ['long', 'engine'] },
    async (_, deleted, expected) => {
      const query = toQuery('a');
      const { deviceID } = query;
      const toLive = (value: number) => ({
        deviceID,
        eventType: 'a',
        date: new Date(start + value).toISOString(),
        value,
      });
      const start = Date.now();
      const open = await begin(query);
      const live = await begin(query);
      await live.close();
      const [{ id } = { id: '' }] = live.messages;
      await post(...range(1, 250).map(toLive));
      const [from, to] = (deleted ?? []).map((value) => new Date(start + value).toISOString());
      const part = { deviceID, eventType: 'a', ...(from && to && { since: from, until: to }) };
      const reply = await handler(proxyEvent({ method: 'DELETE', path: '/events', query: part }));
      expect(reply.statusCode).toBe(204);
      await post(...[250, 251].map(toLive));
      const again = await begin({ ...query, after: id });
      const isThere = (values: number[]) => [250, 251].every((value) => values.includes(value));
      await until(() => isThere(again.values()) && isThere(open.values()));
      await again.close();
      await open.close();

      expect(again.values()).toEqual(expected);
      expect(open.messages.map(({ event }) => event)).not.toContain('end');
      expect(new Set(open.values()).size).toBe(open.values().length);
    },
  );

  it('ends by itself at its limit, and says where to go on', async () => {
    const query = toQuery('a');
    const live = open(query, { streamLimits: { bytes: 1e9, milliseconds: 1 } });
    await live.ended;

    expect(live.messages.at(-1)).toEqual({
      id: expect.stringMatching(/./),
      event: 'end',
      data: '{"reason":"limit"}',
    });
    expect(live.reply.text).toMatch(/retry: 2000\nid: [\w-]+\nevent: end\n/);
  });

  it.each([
    ['nonsense', 'x', 'invalid-cursor'],
    ['of another query', 'other', 'invalid-cursor'],
  ])('refuses a place that is %s', async (_, name, code) => {
    const other = await begin(toQuery('a'));
    await other.close();
    const after = name === 'other' ? other.messages[0]?.id : name;
    const live = open({ ...toQuery('a'), after: after ?? '' });
    await live.ended;

    expect(live.reply.status).toBe(400);
    expect(JSON.parse(live.reply.text).errors).toMatchObject([{ code, parameter: 'after' }]);
  });

  it.each([
    ['21 event types', range(0, 21).map(String), 'too-many', 'must be 1 to 20 event types'],
    ['event types that are none', ['a,b', 'c', ';'], 'pattern', expect.stringMatching(/^must be/)],
  ])('refuses %s, and names the parameter', async (_, eventTypes, code, detail) => {
    const live = open(toQuery(...eventTypes));
    await live.ended;

    expect(live.reply.status).toBe(400);
    expect(JSON.parse(live.reply.text).errors).toEqual([{ code, parameter: 'eventType', detail }]);
  });

  it('costs the database one command a second while nothing is new', { tags: 'long' }, async () => {
    const query = toQuery('a', 'b');
    const monitored = new MongoClient(uri, { monitorCommands: true });
    const { stream } = createApiHandlers(monitored);
    const replies: number[] = [];
    const leaving = new AbortController();
    const output = new PassThrough().resume();
    const ended = stream(proxyEvent({ path, query }), () => output, {
      signal: leaving.signal,
    }).catch(() => undefined);
    await sleep(1_500);
    monitored.on('commandSucceeded', ({ reply }) =>
      replies.push(BSON.calculateObjectSize(reply as object)),
    );
    await sleep(5_000);
    leaving.abort();
    output.destroy();
    await ended;
    await monitored.close();

    expect(replies.length).toBeGreaterThanOrEqual(3);
    expect(replies.length).toBeLessThanOrEqual(6);
    for (const bytes of replies) expect(bytes).toBeLessThan(200);
  });

  it('has a comment each 15 s, and ends in time', { tags: 'long' }, async () => {
    const query = toQuery('a');
    await post({ deviceID: query.deviceID, eventType: 'a', date: at(0), value: 1 });
    const live = await begin(query);
    await sleep(15_000);
    expect(live.reply.text).toContain(': heartbeat\n');
    await handler(proxyEvent({ method: 'DELETE', path: `/devices/${query.deviceID}` }));
    await post({ deviceID: query.deviceID, eventType: 'a', date: at(0), value: 2 });
    await Promise.race([live.ended, sleep(30_000)]);

    expect(live.messages.at(-1)).toMatchObject({ data: '{"reason":"device-deleted"}' });
  });

  it('ends soon after its key was revoked', { tags: 'long' }, async () => {
    const keys = keysOf(client);
    const [key] = await manageKeys(keys, {
      command: 'create',
      name: 'x',
      scopes: ['read'],
    } as never);
    const { secret, key: text, id } = key as unknown as Record<string, string>;
    const query = toQuery('a');
    const live = await begin(query, { keys: 'scoped' }, { 'x-api-key': text ?? secret ?? '' });
    await manageKeys(keys, { command: 'revoke', id } as never);
    await Promise.race([live.ended, sleep(60_000)]);

    expect(live.messages.at(-1)).toMatchObject({ data: '{"reason":"not-allowed"}' });
  });
});

it('a stream that is cut at random 100 times beside a writer loses and repeats nothing', async () => {
  const types = ['a', 'b', 'c'];
  const query = toQuery(...types);
  const { deviceID } = query;
  const sent = new Map<string, number[]>(types.map((type) => [type, []]));
  let isWriting = true;
  let number = 0;
  const first = await begin(query);
  await first.close();
  let id = first.messages[0]?.id ?? '';
  const write = async () => {
    while (isWriting) {
      const events = Array.from({ length: 1 + Math.floor(Math.random() * 20) }, () => {
        const eventType = types[Math.floor(Math.random() * types.length)] ?? 'a';
        const hours = [0, 0, 0, 23, -24, -47][Math.floor(Math.random() * 6)] ?? 0;
        number += 1;
        sent.get(eventType)?.push(number);
        return { deviceID, eventType, date: at(hours), value: number, id: `n/${number}` };
      });
      await post(...events);
    }
  };
  const writing = write();
  const received = new Map<string, number[]>(types.map((type) => [type, []]));
  const take = (messages: Message[]) => {
    for (const message of messages) {
      if (message.id) ({ id } = message);
      if (!message.data) continue;
      const { eventType, value } = JSON.parse(message.data);
      received.get(eventType)?.push(value);
    }
  };
  for (let cut = 0; cut < 100; cut += 1) {
    const live = open({ ...query, after: id });
    const most = Math.floor(Math.random() * 40);
    await Promise.race([
      until(() => live.messages.length > most).catch(() => undefined),
      sleep(Math.random() * 60),
    ]);
    // What came before the cut, and no more.
    const seen = live.messages.slice(0, most + 1);
    await live.close();
    take(seen);
  }
  isWriting = false;
  await writing;
  const last = await begin({ ...query, after: id });
  const left = () => number - [...received.values()].flat().length;
  await until(() => last.values().length >= left());
  await last.close();
  take(last.messages);

  for (const type of types) {
    expect(received.get(type)?.toSorted((a, b) => a - b)).toEqual(sent.get(type));
  }
  expect(number).toBeGreaterThan(200);
});
