import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { components } from '../../generated/openapi.ts';
import type { ApiHandler } from '../../src/lambda/api-handler.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

const { client } = useDatabase();
let lambda: ApiHandler;
beforeAll(() => {
  lambda = createApiHandler(client);
});

const repeat = (item: unknown, length: number): unknown[] => Array.from({ length }, () => item);

/** Values of almost 16 KiB, most of which are several times as large in BSON. */
const LARGE: [name: string, value: unknown][] = [
  ['numbers of one digit', repeat(1, 8_100)],
  ['empty arrays', repeat([], 5_400)],
  ['numbers of 21 digits', repeat(1e20, 730)],
  ['objects', repeat({ a: 1 }, 2_000)],
  ['an array of arrays of numbers', repeat(repeat(1, 100), 80)],
  ['text', 'é'.repeat(8_100)],
];

const BATCH = 250;

// A busy machine may take longer than the service waits for its database: that is no fault of these.
describe.each(LARGE)('events of 16 KiB: %s', { retry: 2 }, (_, value) => {
  const send = async (deviceID: string, each: unknown, from: number): Promise<Set<string>> => {
    const events = Array.from({ length: BATCH }, (_each, nth) => ({
      deviceID,
      eventType: 't',
      date: new Date(Date.UTC(2026, 4, 5) + (from + nth) * 1_000).toISOString(),
      value: each,
    }));
    const body = JSON.stringify({ events });
    const reply = await lambda(proxyEvent({ method: 'POST', path: '/events/batch', body }));
    expect(reply.statusCode).toBe(207);
    const { results } = JSON.parse(reply.body) as components['schemas']['BatchReport'];
    return new Set(results.map(({ status }) => status));
  };

  it('are stored beside others of their instants, and known when they come again', {
    tags: ['long', 'engine'],
    timeout: 180_000,
  }, async () => {
    const deviceID = randomUUID();
    expect(await send(deviceID, 'x', 0)).toEqual(new Set(['created']));

    expect(await send(deviceID, value, 0)).toEqual(new Set(['created']));
    expect(await send(deviceID, value, 0)).toEqual(new Set(['duplicate']));
  });

  it('are read in pages', { tags: ['long', 'engine'], timeout: 180_000 }, async () => {
    const deviceID = randomUUID();
    for (const nth of [0, 1, 2, 3]) {
      expect(await send(deviceID, value, nth * BATCH)).toEqual(new Set(['created']));
    }
    const query: Record<string, string> = { deviceID, eventType: 't', date: '2026-05-05' };
    let read = 0;
    for (;;) {
      const { statusCode, body } = await lambda(proxyEvent({ path: '/events', query }));
      expect(statusCode).toBe(200);
      const { events, nextCursor } = JSON.parse(body) as components['schemas']['EventPage'];
      read += events.length;
      if (nextCursor === undefined) break;
      query.cursor = nextCursor;
    }

    expect(read).toBe(4 * BATCH);
  });
});
