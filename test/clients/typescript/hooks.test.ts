import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../../clients/typescript/src/index.ts';
import { createPageCache } from '../../../clients/typescript/src/index.ts';
import { hasBrowser, useBrowser } from '../../dashboard/browser.ts';
import { API_KEY } from '../../harness/local-service.ts';
import { useDoor } from './use-door.ts';

const { client, direct, door } = useDoor();
const browser = useBrowser();
const newEvent = (value: unknown = 1) => ({
  deviceID: randomUUID(),
  eventType: 'reading',
  date: '2026-05-05T12:00:00.000Z',
  value,
});

describe('the API key', () => {
  it.each([
    ['a function', (key: string) => key],
    ['an asynchronous function', async (key: string) => key],
  ])('may be %s, which each attempt calls', async (_, answer) => {
    const keys = ['revoked', API_KEY];
    const changing = client({ apiKey: () => answer(keys.shift() ?? '') });
    door().faults.push('cut');

    expect(await changing.addEvent(newEvent())).toMatchObject({ status: 'created' });

    expect(keys).toEqual([]);
  });

  it('that never comes is given up, and one that fails is told', async () => {
    const never = client({ apiKey: () => new Promise(() => undefined), retry: false });
    const failing = client({ apiKey: () => Promise.reject(new Error('No key')) });

    await expect(never.addEvent(newEvent(), { timeoutMs: 20 })).rejects.toThrow(/No API key/);
    const signal = AbortSignal.timeout(20);
    await expect(never.addEvent(newEvent(), { signal })).rejects.toThrow(/timeout/);
    await expect(failing.addEvent(newEvent())).rejects.toThrow('No key');
  });
});

it('middleware wraps each attempt, the first one outermost', async () => {
  const order: string[] = [];
  const layer =
    (name: string) =>
    async (
      url: URL,
      init: RequestInit,
      next: (url: URL, init: RequestInit) => Promise<Response>,
    ) => {
      order.push(name);
      (init.headers as Headers).set(name, 'here');
      return next(url, init);
    };
  door().faults.push('cut');

  await client({ middleware: [layer('x-one'), layer('x-two')] }).addEvent(newEvent());

  expect(order).toEqual(['x-one', 'x-two', 'x-one', 'x-two']);
  expect(door().requests[1]?.headers).toMatchObject({ 'x-one': 'here', 'x-two': 'here' });
});

it('each attempt is told, with the request id of a success too', async () => {
  const attempts: Attempt[] = [];
  const onAttempt = (attempt: Attempt) => {
    attempts.push(attempt);
    throw new Error('A fault of the application');
  };
  door().faults.push('cut', { status: 503 });

  await client({ onAttempt }).addEvent(newEvent());

  expect(attempts).toMatchObject([
    { method: 'POST', error: { name: 'ConnectionError' } },
    { status: 503, error: { name: 'ProblemError' } },
    { status: 201, requestId: expect.stringMatching(/./), error: undefined },
  ]);
  expect(attempts[2]?.url).toBe(`${door().url}/events`);
});

it('a reader cannot change a cached page for the next one', async () => {
  const event = newEvent({ list: [1] });
  await direct().addEvent(event);
  const { deviceID, eventType } = event;
  const cached = client({ cache: createPageCache() });
  const query = { deviceID, eventType, date: '2026-05-05' };
  for (const _ of [1, 2]) {
    const page = await cached.listEvents(query);
    expect(() => page.events.pop()).toThrow(TypeError);
    for (const { value } of page.events) {
      expect(() => (value as { list: number[] }).list.push(2)).toThrow(TypeError);
    }
    expect(page.events).toMatchObject([event]);
  }
});

describe.skipIf(!hasBrowser)('leaving a page', () => {
  it.each([3, 40, 200])('sends %s waiting events by then', { tags: 'long' }, async (count) => {
    const event = newEvent();
    const page = await browser.get().newPage();
    await page.goto(`${door().url}/dashboard`);
    await page.evaluate(await bundle());
    const parts = [door().url, API_KEY, event, count].map((part) => JSON.stringify(part));
    await page.evaluate(`start(${parts.join(', ')})`);

    await page.goto('about:blank');

    const { deviceID, eventType } = event;
    const query = { deviceID, eventType, date: '2026-05-05', limit: 1_000 };
    await expect
      .poll(async () => (await direct().listEvents(query)).events, { timeout: 5_000 })
      .toHaveLength(count);
    await page.close();
  });
});

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { createClient, createQueue } from './index.ts';
        globalThis.start = (baseUrl, apiKey, event, count) => {
          const queue = createQueue(createClient({ baseUrl, apiKey }), { flushAt: 1_000 });
          addEventListener('pagehide', () => queue.close());
          for (let index = 0; index < count; index++) {
            const date = new Date(Date.parse(event.date) + index).toISOString();
            queue.add({ ...event, date, value: index });
          }
        };`,
      resolveDir: resolve('clients/typescript/src'),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
  });
  return outputFiles[0]?.text ?? '';
}
