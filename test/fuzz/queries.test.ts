import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import operations from '../../generated/operations.json' with { type: 'json' };
import { useLocalService } from '../harness/local-service.ts';
import type { Canary } from './canary.ts';
import { createCanary } from './canary.ts';
import type { Reply } from './event-client.ts';
import { createEventClient } from './event-client.ts';
import { FUZZ, fuzz } from './fuzz.ts';
import { hostileText } from './hostile/hostile-text.ts';

const service = useLocalService();
const { ask } = createEventClient(service.url);
const deviceID = randomUUID();
let canary: Canary;
beforeAll(async () => {
  canary = await createCanary(service.url());
  const events = Array.from({ length: 300 }, (_, second) => ({
    deviceID,
    eventType: 'temp',
    value: second / 7,
    date: new Date(Date.parse('2026-05-05T23:58:00Z') + second * 1_000).toISOString(),
  }));
  await ask('POST', '/events/batch', { body: JSON.stringify({ events }) });
});

type Query = { to: string; method: string; pairs: [string, string][]; accept: string };

const INSTANTS = ['2026-05-05T23:59:00Z', '2026-05-06 00:01:00.5 0200', '0000-01-01T00:00:00Z'];
const valid: Record<string, string[]> = {
  deviceID: [deviceID, deviceID.toUpperCase(), randomUUID()],
  eventType: ['temp', 'constructor', 'a:b/c'],
  date: ['2026-05-05', '2026-05-06T00:00:00Z', '9999-12-31', '0000-01-01'],
  since: INSTANTS,
  until: [...INSTANTS, '9999-12-31T23:59:59.999Z'],
  order: ['asc', 'desc'],
  limit: ['1', '10000', '7'],
  cursor: ['AAAA', '_-'],
  interval: ['PT1M', 'P1D', 'P1W', 'P1M', 'PT9999M'],
  timeZone: ['UTC', 'Asia/Kathmandu', 'pacific/apia', 'Nowhere/At_All'],
  pointer: ['', '/a', '/0/~1', '/__proto__'],
};
// So that a few of them still make a URL of less than 10 kB.
const text = hostileText.map((whole) => whole.slice(0, 200));
const pair = fc.oneof(
  ...Object.entries(valid).map(([name, values]) =>
    fc.tuple(fc.constant(name), fc.constantFrom(...values)),
  ),
  fc.tuple(fc.constantFrom(...Object.keys(valid)), text),
  // As those write operators whose libraries make objects of them.
  fc
    .tuple(fc.constantFrom(...Object.keys(valid)), fc.constantFrom('$ne', '$gt', '', '__proto__'))
    .map(([name, key]): [string, string] => [`${name}[${key}]`, '']),
  fc.tuple(text, text),
);
const needed = (...names: string[]): fc.Arbitrary<[string, string][]> =>
  fc.tuple(
    ...names.map((name) => fc.tuple(fc.constant(name), fc.constantFrom(...(valid[name] ?? [])))),
  );
const operation: fc.Arbitrary<[string, [string, string][]]> = fc.oneof(
  fc.tuple(fc.constant('/events'), needed('deviceID', 'eventType', 'date')),
  fc.tuple(fc.constant('/events'), needed('deviceID', 'eventType', 'since')),
  fc.tuple(fc.constant('/events/export'), needed('deviceID', 'eventType', 'since')),
  fc.tuple(fc.constant('/events/latest'), needed('deviceID')),
  fc.tuple(
    fc.constant('/events/summary'),
    needed('deviceID', 'eventType', 'since', 'until', 'interval'),
  ),
  fc.tuple(fc.constant('/health'), needed()),
);
const query: fc.Arbitrary<Query> = fc
  .record({
    operation,
    method: fc.oneof({ arbitrary: fc.constant('GET'), weight: 9 }, fc.constant('DELETE')),
    more: fc.array(pair, { maxLength: 3 }),
    repeats: fc.oneof({ arbitrary: fc.constant(1), weight: 6 }, fc.constant(2)),
    dropped: fc.oneof({ arbitrary: fc.constant(-1), weight: 6 }, fc.nat(4)),
    accept: fc.oneof(
      fc.constantFrom('*/*', 'application/x-ndjson', 'text/csv', 'text/csv;q=x, ;,*/*;q=-1', ''),
      text.map((whole) => whole.replaceAll(/[^\x20-\x7e]/g, '')),
    ),
  })
  .map(({ operation: [to, first], more, repeats, dropped, ...rest }) => {
    // The first of a name again would only be a parameter that is there twice.
    const names = more.map(([name]) => name);
    const kept = first.filter(([name], nth) => nth !== dropped && !names.includes(name));
    return { to, pairs: [...kept, ...Array(repeats).fill(more).flat()], ...rest };
  });

const day: [string, string][] = [
  ['deviceID', deviceID],
  ['eventType', 'temp'],
  ['date', '2026-05-05'],
];
const since: [string, string] = ['since', '2026-05-05T00:00:00Z'];
const examples: Query[] = [
  { to: '/events', method: 'GET', pairs: day, accept: 'text/csv' },
  { to: '/events/export', method: 'GET', pairs: [...day.slice(0, 2), since], accept: 'text/csv' },
  { to: '/events', method: 'GET', pairs: [...day, ['date[$ne]', '1']], accept: '*/*' },
  { to: '/events', method: 'DELETE', pairs: [], accept: '*/*' },
];

describe('whatever is asked for', () => {
  it('is answered as it is documented, and from no other device', FUZZ, async () => {
    const before = await canary.read();
    const seen = new Set<number>();

    await fuzz(query, examples, async ({ to, method, pairs, accept }) => {
      const search = new URLSearchParams(pairs);
      const reply = await ask(method, `${to}?${search}`, { headers: { accept } });
      seen.add(reply.status);
      expect(reply.body).not.toContain(canary.mark);
      const names = [...search.keys()];
      if (reply.status === 400) expectNamed(reply, names);
      if (method === 'GET' && hasUnknown(to, names)) expect(reply.status).toBe(400);
    });

    expect([...seen]).toEqual(expect.arrayContaining([200, 400, 405]));
    expect(await canary.read()).toEqual(before);
  });
});

/** Whether one of them is not in the contract, or there twice. */
function hasUnknown(to: string, names: string[]): boolean {
  // Without references.
  const { parameters = [] } = operations.paths[to as '/events'].get;
  const known = new Set(
    parameters.flatMap(({ name, in: place }) => (place === 'query' ? name : [])),
  );
  return names.some((name) => !known.has(name)) || new Set(names).size < names.length;
}

/** What is wrong is a parameter that was sent, or one that was not. */
function expectNamed({ body }: Reply, sent: string[]): void {
  for (const { code, parameter, detail } of JSON.parse(body).errors) {
    // What the gateway refuses it tells in words.
    if (parameter === undefined) {
      expect([code, detail]).toEqual(['required', expect.stringMatching(/^Missing required /)]);
      continue;
    }
    const isKnown =
      Object.hasOwn(valid, parameter) || sent.some((name) => name.slice(0, 64) === parameter);
    expect([parameter, isKnown]).toEqual([parameter, true]);
  }
}
