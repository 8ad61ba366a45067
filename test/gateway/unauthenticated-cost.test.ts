import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { UNLIMITED } from '../../scripts/local/unlimited.ts';
import { API_KEY, useLocalService } from '../harness/local-service.ts';
import { answerEmpty, serve, toDocument } from './fixture.ts';

const scoped = useLocalService();
const plan = useLocalService({}, { ...UNLIMITED, keys: 'plan' });

const DEVICE = randomUUID();
const toEvent = (value: string): string =>
  `{"date":"2026-05-05T17:19:35Z","deviceID":"${DEVICE}","eventType":"x","value":${value}}`;
const EVENTS: [string, string][] = [
  ['lists nested deeply', toEvent(`${'['.repeat(2_900_000)}${']'.repeat(2_900_000)}`)],
  ['objects nested deeply', toEvent(`${'{"":'.repeat(900_000)}1${'}'.repeat(900_000)}`)],
  ['millions of lists', toEvent(`[${'[],'.repeat(1_900_000)}0]`)],
  [
    'hundreds of thousands of fields',
    `{${Array.from({ length: 400_000 }, (_, i) => `"k${i}":1`)}}`,
  ],
  ['far more than it is', ' '.repeat(50_000_000)],
];
const KEYS: [string, string | undefined][] = [
  ['no key', undefined],
  ['a wrong key', 'wrong'],
  ['an unknown key', `iot_0123456789ab_${'x'.repeat(43)}`],
];
// Decompressed, parsed or measured, most of these bodies take seconds, and none less than a third of one.
const QUICK_MS = 300;
const isQuick = (times: { milliseconds: number; waited: number }): boolean =>
  Math.max(times.milliseconds, times.waited) < QUICK_MS;

/** How long a request takes, and how long another one had to wait beside it. */
async function measure(url: string, path: string, body: Buffer, key: string | undefined) {
  const start = performance.now();
  let waited = 0;
  const request = fetch(`${url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      ...(key !== undefined && { 'x-api-key': key }),
    },
    body,
  }).then(async (response) => ({ status: response.status, problem: await response.json() }));
  let isDone = false;
  const done = request.finally(() => {
    isDone = true;
  });
  do {
    const before = performance.now();
    await (await fetch(`${url}/health`)).text();
    waited = Math.max(waited, performance.now() - before);
  } while (!isDone);
  const reply = await done;
  return { ...reply, milliseconds: performance.now() - start, waited };
}

describe.each([
  ['scoped', scoped],
  ['plan', plan],
])('a request without a good key, where keys are %s', (_, service) => {
  it.each(EVENTS)('costs nobody anything by %s', async (_name, text) => {
    for (const path of ['/events', '/events/batch']) {
      const body = gzipSync(path === '/events' ? text : `{"events":[${text}]}`, { level: 9 });
      for (const [title, key] of KEYS) {
        const send = () => measure(service.url(), path, body, key);
        const { status, problem, ...first } = await send();
        expect([title, status, problem]).toMatchObject([
          title,
          403,
          { type: '/problems/forbidden' },
        ]);
        // The machine may be busy for some time, but a body that is read takes too long each time.
        let times = first;
        for (let tries = 1; tries < 8 && !isQuick(times); tries += 1) times = await send();
        expect(times).toSatisfy(isQuick);
      }
    }
  });

  it('is refused for its key, whatever else is wrong with it', async () => {
    for (const init of [
      { body: '{' },
      { body: 'x'.repeat(11_000_000) },
      { body: 'x', headers: { 'content-encoding': 'br' } },
      { body: '\xff' },
    ]) {
      const response = await fetch(`${service.url()}/events`, { method: 'POST', ...init });
      expect(response.status).toBe(403);
      await response.body?.cancel();
    }
  });

  it('takes nothing from those who have one', async () => {
    const response = await fetch(`${service.url()}/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        'x-api-key': API_KEY,
      },
      body: gzipSync(toEvent('1')),
    });
    expect([200, 201]).toContain(response.status);
  });
});

describe('the gateway', () => {
  it('asks for a key before it reads the body, and the function where it cannot tell', async () => {
    const isGoodKey = vi.fn(async (key: string | undefined) => key === 'good');
    const document = toDocument();
    for (const item of Object.values(document.paths)) {
      for (const operation of Object.values(item)) operation.security = [];
    }
    const { send, events } = await serve({ document, isGoodKey }, answerEmpty);
    const headers = { 'Content-Type': 'application/json' };
    const post = (key: string, body: string) =>
      send('/things', { method: 'POST', headers: { ...headers, 'X-Api-Key': key }, body });

    expect((await post('bad', '{')).status).toBe(403);
    expect((await post('good', '{')).status).toBe(400);
    expect((await post('good', '{"size":1}')).status).toBe(200);
    // Of other operations there is no body to be careful with.
    expect((await send('/open', { headers: { 'X-Api-Key': 'bad' } })).status).toBe(200);
    expect(isGoodKey.mock.calls).toEqual([['bad'], ['good'], ['good']]);
    expect(events).toHaveLength(2);
  });
});
