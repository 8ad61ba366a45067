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
import { toJson } from './hostile/hostile-text.ts';

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

const fields = { date: `${DAY}T12:00:00Z`, eventType: 'constructor' };
const value = { text: '{"$gt":"","__proto__":{"a.b":"=1"}}', depth: 2, isExact: true };
const examples: Sent[] = [
  {
    events: [
      { fields, value },
      { fields: { ...fields, id: 'toString' }, value },
      { fields, value, wrong: { name: 'date', json: 'null' } },
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
      const expected = createExpectedEvents(deviceID);
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
  // What the gateway refuses it tells in words, with a code for all.
  if (!pointer || errors?.[0]?.code === 'schema') return;
  expect(errors).toMatchObject([{ pointer: expect.stringMatching(pointer) }]);
}

async function expectToRead(deviceID: string, expected: ExpectedEvents): Promise<void> {
  const types = expected.types();
  for (const eventType of types) {
    const events = expected.list(eventType);
    const day = new URLSearchParams({ deviceID, eventType, date: DAY });
    expect((await ask('GET', `/events?${day}`)).body).toBe(toJson({ events }));
    const since = `${DAY}T00:00:00Z`;
    const to = `/events/export?${new URLSearchParams({ deviceID, eventType, since })}`;
    const lines = await ask('GET', to, { headers: { accept: 'application/x-ndjson' } });
    const expectedLines = [...events.toReversed(), { complete: true }];
    expect(lines.body).toBe(expectedLines.map((event) => `${toJson(event)}\n`).join(''));
    const csv = await ask('GET', to, { headers: { accept: 'text/csv' } });
    for (const recordDelimiter of DELIMITERS) {
      // The last line, of one cell, tells that the export is complete.
      const options = { record_delimiter: recordDelimiter, relax_column_count: true };
      expectCsv(parse(csv.body, options), events.toReversed());
    }
    expect(csv.body.endsWith('\r\n')).toBe(true);
  }
  const latest = await ask('GET', `/events/latest?deviceID=${deviceID}`);
  // In the order of code points, which for these characters is JavaScript's.
  const events = types.toSorted().map((eventType) => expected.list(eventType)[0]);
  expect(latest.body).toBe(toJson({ events }));
}

// RFC 4180 says CRLF; readers that take any end of line must find the same records.
const DELIMITERS = ['\r\n', ['\r\n', '\n', '\r']];

/** OWASP's list, and the null character of ASVS 5.0, 1.2.10. */
const FORMULA = /^[=+\-@\t\r\n\0＝＋－＠]/;

/** Text without the apostrophes that keep it from being a formula. */
const toUnmarked = (text: string) =>
  text.toWellFormed().replaceAll(/(?<=^|[;\t\r\n]"*)'(?=[=+\-@\t\r\n\0＝＋－＠])/g, '');

function expectCsv(
  [header, ...rows]: string[][],
  events: ReturnType<ExpectedEvents['list']>,
): void {
  expect(header).toEqual(['deviceID', 'eventType', 'date', 'value', 'id']);
  expect(rows.pop()).toEqual(['# complete']);
  expect(rows.map(([device, type, date, , id]) => [device, type, date, id])).toEqual(
    events.map(({ deviceID, eventType, date, id = '' }) => [deviceID, eventType, date, id]),
  );
  for (const [index, { value }] of events.entries()) {
    const cell = rows[index]?.[3] ?? '';
    if (value === null) expect(cell).toBe('');
    else if (typeof value === 'string') expect(toUnmarked(cell)).toBe(toUnmarked(value));
    else expect(JSON.parse(cell)).toEqual(JSON.parse(JSON.stringify(value)));
    if (typeof value !== 'number') expect(cell).not.toMatch(FORMULA);
  }
}
