import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Client, Event } from '../../../clients/typescript/src/index.ts';
import { QUICK, useDoor } from './use-door.ts';

const { client, direct, door } = useDoor();

const toEvent = (index: number, eventType = 'reading') => ({
  deviceID: DEVICE,
  eventType,
  date: new Date(Date.parse('2026-05-05T12:00:00Z') + index * 1_000).toISOString(),
  value: index,
});
const toLines = (...values: object[]) =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');
const collect = async (events: AsyncIterable<Event>) => {
  const all = [];
  for await (const event of events) all.push(event);
  return all;
};
/** A client whose next replies to an export are these texts, in pieces; a text without an end breaks off. */
const answering = (...replies: (string | Uint8Array)[][]) => {
  const queries: Record<string, string>[] = [];
  let pulled = 0;
  const fetch = async (url: string | URL | Request) => {
    queries.push(Object.fromEntries(new URL(String(url)).searchParams));
    const pieces = replies.shift() ?? [];
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = pieces.shift();
        if (piece === undefined) return controller.close();
        pulled += 1;
        controller.enqueue(Buffer.from(piece as string));
      },
    });
    return new Response(body, { headers: { 'content-type': 'application/x-ndjson' } });
  };
  return { ...client({ fetch: fetch as typeof globalThis.fetch }), queries, pulled: () => pulled };
};

const DEVICE = randomUUID();
const [first, second, third] = [toEvent(1), toEvent(2), toEvent(3)];
const range = { deviceID: DEVICE, since: '2026-05-05T00:00:00Z' };
const series = { ...range, eventType: 'reading' };
const COMPLETE = toLines({ complete: true });

describe('an export', () => {
  it('goes on with the cursor of the last line', async () => {
    door().faults.push(
      { status: 200, body: toLines(first, { complete: false, nextCursor: 'next' }) },
      { status: 200, body: toLines(second, third, { complete: true }) },
    );

    expect(await collect(client().export(series))).toEqual([first, second, third]);

    const [one, two] = door().requests.map(({ url }) => new URL(url, door().url).searchParams);
    expect(door().requests[0]?.headers.accept).toBe('application/x-ndjson');
    expect(Object.fromEntries(one ?? [])).toEqual(series);
    expect(Object.fromEntries(two ?? [])).toEqual({ ...series, cursor: 'next' });
  });

  it('gives each event as soon as it has arrived, and reads no more than is asked for', async () => {
    const pieces = Array.from({ length: 1_000 }, (_, index) => toLines(toEvent(index)));
    const { exportEvents, pulled } = answering(pieces);

    for await (const event of exportEvents(series)) {
      if (event.value === 4) break;
    }

    expect(pulled()).toBeLessThan(12);
  });

  it('reads lines whichever way they are cut', async () => {
    const text = toLines({ ...first, value: 'Tür "Süd" 🚪' }) + COMPLETE;
    const { exportEvents } = answering([...Buffer.from(text)].map((byte) => Buffer.from([byte])));

    expect(await collect(exportEvents(series))).toMatchObject([{ value: 'Tür "Süd" 🚪' }]);
  });

  it('of one type that broke off goes on from its last event', async () => {
    const cursor = 'a cursor of the first part';
    const { exportEvents, queries } = answering(
      [toLines(first, { complete: false, nextCursor: cursor })],
      [toLines(second), '{"deviceID":'],
      [toLines(second, third), COMPLETE],
    );

    expect(await collect(exportEvents(series))).toEqual([first, second, third]);
    expect(queries).toEqual([series, { ...series, cursor }, { ...series, since: second.date }]);
  });

  it('of all types that broke off is asked for again, and gives no event twice', async () => {
    const other = toEvent(0, 'the other type');
    const { exportEvents, queries } = answering(
      [toLines(first, second)],
      [toLines(first, second, third, other), COMPLETE],
    );

    expect(await collect(exportEvents(range))).toEqual([first, second, third, other]);
    expect(queries).toEqual([range, range]);
  });

  it('fails if it makes no progress', async () => {
    for (let i = 0; i < 3; i++) door().faults.push({ status: 200, body: toLines(first) });
    const { exportEvents } = client({ retry: { ...QUICK, maxTries: 3 } });
    const read: Event[] = [];

    const reading = (async () => {
      for await (const event of exportEvents(series)) read.push(event);
    })();

    await expect(reading).rejects.toMatchObject({
      name: 'ConnectionError',
      message: expect.stringContaining('incomplete'),
    });
    expect(read).toEqual([first]);
    expect(door().requests).toHaveLength(3);
  });

  it('fails if the event at which it broke off was deleted', async () => {
    const { exportEvents } = answering([toLines(first)], [toLines(second), COMPLETE]);

    await expect(collect(exportEvents(series))).rejects.toThrow('deleted meanwhile');
  });

  it.each<[string, (reader: Client) => AsyncIterable<Event>]>([
    ['of one type', (reader) => reader.export(series)],
    ['of all types', (reader) => reader.export(range)],
  ])('%s of the service loses and repeats nothing where it is cut', async (_, read) => {
    const types = ['reading', 'the.other'];
    const events = types.flatMap((type) => Array.from({ length: 900 }, (_, i) => toEvent(i, type)));
    for (const type of types) {
      await direct().addEvents({ events: events.filter(({ eventType }) => eventType === type) });
    }
    door().faults.push('half a reply', { status: 503 }, 'half a reply', 'cut', 'half a reply');

    const all = await collect(read(client()));

    const wanted = await collect(read(direct()));
    expect(all).toEqual(wanted);
    expect(wanted.length % 900).toBe(0);
    expect(door().requests).toHaveLength(6);
  });

  it('tells a problem, and ends when its signal aborts', async () => {
    const wrong = client({ apiKey: 'nobody' });
    const stop = new AbortController();

    await expect(collect(wrong.export(series))).rejects.toMatchObject({ status: 403 });

    door().faults.push('silence');
    const reading = collect(client().export(series, { signal: stop.signal }));
    setTimeout(() => stop.abort(new Error('enough')), 50);
    await expect(reading).rejects.toThrow('enough');
  });

  it('gives up a service that is silent', async () => {
    door().faults.push('silence');

    expect(
      await collect(client().export({ ...range, deviceID: randomUUID() }, { timeoutMs: 600 })),
    ).toEqual([]);
    expect(door().requests).toHaveLength(2);
  });
});
