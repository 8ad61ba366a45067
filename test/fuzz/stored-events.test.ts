import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { useLocalService } from '../harness/local-service.ts';
import type { Canary } from './canary.ts';
import { createCanary } from './canary.ts';
import type { Result } from './event-client.ts';
import { createEventClient } from './event-client.ts';
import type { ExpectedEvents } from './expected-events.ts';
import { createExpectedEvents } from './expected-events.ts';
import { FUZZ, fuzz } from './fuzz.ts';
import type { HostileEvent } from './hostile/hostile-event.ts';
import { DAY, findRefusal, hostileEvent, toText } from './hostile/hostile-event.ts';

const service = useLocalService();
const { ask, ...ways } = createEventClient(service.url);
let canary: Canary;
beforeAll(async () => {
  canary = await createCanary(service.url());
});

/** Events, and how they are sent, twice. */
type Sent = { events: HostileEvent[]; order: (keyof typeof ways)[] };
const sent: fc.Arbitrary<Sent> = fc.record({
  events: fc.array(hostileEvent, { minLength: 1, maxLength: 6 }),
  order: fc.tuple(
    fc.constantFrom<keyof typeof ways>('sendSingly', 'sendTogether'),
    fc.constantFrom<keyof typeof ways>('sendSingly', 'sendTogether'),
  ),
});

const fields = { date: `${DAY}T12:00:00Z`, eventType: '$where' };
const value = { text: '{"$gt":"","__proto__":{"a.b":"=1"}}', depth: 2, isExact: true };
const examples: Sent[] = [
  {
    events: [
      { fields, value },
      { fields: { ...fields, id: '$1' }, value },
      { fields, value, wrong: { name: 'deviceID', json: '{"$ne":null}' } },
      { fields, value: { text: '[1e400]', depth: 1, isExact: false } },
    ],
    order: ['sendSingly', 'sendTogether'],
  },
];

describe('whatever is sent as an event', () => {
  it('comes back as it was, once, or is refused by the name of what is wrong', FUZZ, async () => {
    const before = await canary.read();
    const seen = new Set<string>();

    await fuzz(sent, examples, async ({ events, order }) => {
      const deviceID = randomUUID();
      const expected = createExpectedEvents();
      for (const way of order) {
        const results = await ways[way](events.map((event) => toText(event, deviceID)));
        expect(results).toHaveLength(events.length);
        for (const [index, event] of events.entries()) {
          const refusal = findRefusal(event, deviceID);
          const outcome = refusal ? 'rejected' : expected.add(event);
          expect([index, results[index]]).toMatchObject([index, { status: outcome }]);
          if (refusal) expectRefusal(results[index], refusal);
          seen.add(outcome);
        }
      }
      await expectToRead(deviceID, expected);
    });

    expect([...seen].sort()).toEqual(['created', 'duplicate', 'rejected']);
    expect(await canary.read()).toEqual(before);
  });
});

function expectRefusal(
  result: Result | undefined,
  { status, pointer }: NonNullable<ReturnType<typeof findRefusal>>,
): void {
  const { errors, ...problem } = result?.problem ?? {};
  expect(problem).toMatchObject({ status });
  // What the gateway refuses it tells in words.
  if (!pointer || !errors) return;
  expect(errors).toMatchObject([{ pointer: expect.stringMatching(pointer) }]);
}

async function expectToRead(deviceID: string, expected: ExpectedEvents): Promise<void> {
  const types = expected.types();
  for (const eventType of types) {
    const to = `/events?${new URLSearchParams({ deviceID, eventType, date: DAY })}`;
    const events = expected.list(eventType);
    expect((await ask('GET', to)).body).toBe(JSON.stringify(events));
    const lines = await ask('GET', to, { headers: { accept: 'application/x-ndjson' } });
    expect(lines.body).toBe(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    const csv = await ask('GET', to, { headers: { accept: 'text/csv' } });
    for (const recordDelimiter of DELIMITERS) {
      expectCsv(parse(csv.body, { record_delimiter: recordDelimiter }), events);
    }
    expect(csv.body.endsWith('\r\n')).toBe(true);
  }
  const latest = await ask('GET', `/events/latest?deviceID=${deviceID}`);
  const newest = types.map((eventType) => ({ eventType, ...expected.list(eventType)[0] }));
  const byType = new Map(newest.map((event) => [event.eventType, event]));
  const found: typeof newest = JSON.parse(latest.body);
  expect(new Map(found.map((event) => [event.eventType, event]))).toEqual(byType);
}

// RFC 4180 says CRLF; readers that take any end of line must find the same records.
const DELIMITERS = ['\r\n', ['\r\n', '\n', '\r']];

/** OWASP's list, and the null character of ASVS 5.0, 1.2.10. */
const FORMULA = /^[=+\-@\t\r\n\0＝＋－＠]/;

function expectCsv(rows: string[][], events: { date: string; value: unknown }[]): void {
  expect(rows[0]).toEqual(['date', 'value']);
  expect(rows.slice(1).map(([date]) => date)).toEqual(events.map(({ date }) => date));
  for (const [index, { value }] of events.entries()) {
    const cell = rows[index + 1]?.[1] ?? '';
    const text = typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value);
    if (value === null) expect(cell).toBe('');
    else expect([text, `'${text}`]).toContain(cell);
    if (typeof value !== 'number') expect(cell).not.toMatch(FORMULA);
  }
}
