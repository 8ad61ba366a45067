import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, useLocalService } from '../harness/local-service.ts';

const service = useLocalService();
const headers = { 'content-type': 'application/json', 'x-api-key': API_KEY };
const DEVICE = randomUUID();
const TYPES = ['reading', 'urn:dev:ow:10e2/climate'];
const VALUES = [3, -0.5, 5e-324, null, true, 'text', [], { 'a.b': { $x: [1] }, '': 'é\u0000' }];
const RANGE = { since: '2026-05-04T00:00:00Z', until: '2026-05-07T00:00:00Z' };

const send = (path: string, body: unknown) => sendText(path, JSON.stringify(body));

const sendText = async (path: string, body: string) => {
  const response = await fetch(`${service.url()}${path}`, { method: 'POST', headers, body });
  return { status: response.status, body: (await response.json()) as unknown };
};

const get = async (path: string, query: Record<string, string>): Promise<string> => {
  const response = await fetch(`${service.url()}${path}?${new URLSearchParams(query)}`, {
    headers,
  });
  expect(response.status).toBe(200);
  return await response.text();
};

/** Every event of every page; with its device and type, so that nothing need be added to it. */
async function readPages(path: string, query: Record<string, string>): Promise<unknown[]> {
  const events: unknown[] = [];
  let page = JSON.parse(await get(path, query));
  for (;;) {
    events.push(...page.events);
    if (page.nextCursor === undefined) return events;
    page = JSON.parse(await get(path, { ...query, cursor: page.nextCursor }));
  }
}

const readLines = async (eventType: string): Promise<unknown[]> => {
  const text = await get('/events/export', { deviceID: DEVICE, eventType, ...RANGE });
  const lines = text.trimEnd().split('\n');
  expect(lines.pop()).toBe('{"complete":true}');
  return lines.map((line) => JSON.parse(line));
};

beforeAll(async () => {
  const start = Date.parse('2026-05-05T23:59:55Z');
  const events = TYPES.flatMap((eventType) =>
    VALUES.flatMap((value, index) => {
      const date = new Date(start + index * 1_000).toISOString();
      const event = { deviceID: DEVICE.toUpperCase(), eventType, date, value };
      return [event, { ...event, id: `boot-1/${index}` }];
    }),
  );
  expect((await send('/events/batch', { events })).body).toEqual({
    results: events.map(() => ({ status: 'created' })),
  });
});

it.each([
  ['a list, newest first', (eventType: string) => ['/events', { eventType, limit: '3' }]],
  ['a list, oldest first', (eventType: string) => ['/events', { eventType, order: 'asc' }]],
] as [string, (eventType: string) => [string, Record<string, string>]][])(
  'what is read as %s can be sent again unchanged, and is a duplicate',
  async (_, toRequest) => {
    for (const eventType of TYPES) {
      const [path, query] = toRequest(eventType);
      const events = await readPages(path, { deviceID: DEVICE, ...RANGE, ...query });
      expect(events).toHaveLength(2 * VALUES.length);
      await expectDuplicates(events);
    }
  },
);

it('what is read as the latest events can be sent again unchanged, and is a duplicate', async () => {
  const events = await readPages('/events/latest', { deviceID: DEVICE, limit: '1' });
  expect(events).toHaveLength(TYPES.length);
  await expectDuplicates(events);
});

it('each line of an export can be sent again unchanged, and is a duplicate', async () => {
  for (const eventType of TYPES) {
    const events = await readLines(eventType);
    expect(events).toHaveLength(2 * VALUES.length);
    await expectDuplicates(events);
  }
});

it('stays so with the time at which it was received', async () => {
  const [event] = await readLines(TYPES[0] ?? '');
  await expectDuplicates([{ ...(event as object), receivedAt: '2026-05-05T23:59:59.123Z' }]);
});

describe('an event at the limit of its size', () => {
  const MAX_BYTES = 16_384;
  const DATE = '2026-05-05T17:19:35.000Z';
  const withValue = (event: object, value: string) =>
    `${JSON.stringify(event).slice(0, -1)},"value":${value}}`;
  /** Text that makes the event, as it is read, that many bytes longer than allowed. */
  const toFilling = (event: object, tooMany = 0) => {
    const bytes = JSON.stringify({ ...event, date: DATE, value: '' }).length;
    return `"${'x'.repeat(MAX_BYTES - bytes + tooMany)}"`;
  };
  /** As many numbers as fit, that are read as 21 digits each. */
  const toNumbers = (event: object, tooMany = 0) => {
    const bytes = JSON.stringify({ ...event, date: DATE, value: [] }).length;
    const count = Math.floor((MAX_BYTES - bytes + 1) / 22) + tooMany;
    return `[${Array(count).fill('1e20').join()}]`;
  };
  const ways: [string, (text: string) => Promise<string | undefined>][] = [
    ['alone', async (text) => toStatus((await sendText('/events', text)).body)],
    [
      'in a batch',
      async (text) => toOnlyStatus((await sendText('/events/batch', `{"events":[${text}]}`)).body),
    ],
  ];
  const events: [string, object, typeof toFilling][] = [
    ['with a date', { date: DATE }, toFilling],
    ['with a short date', { date: '2026-05-05T17:19:35Z' }, toFilling],
    ['with a long date', { date: '2026-05-05T17:19:35.00000000000000000000+00:00' }, toFilling],
    ['with a date and an id', { date: DATE, id: 'boot-1' }, toFilling],
    ['without a date', { id: 'boot-1' }, toFilling],
    [
      'with receivedAt',
      { id: 'boot-1', receivedAt: '2026-05-05T23:59:59.123Z' },
      (event, tooMany) => toFilling({ ...event, receivedAt: undefined }, tooMany),
    ],
    ['with large numbers', { id: 'boot-1' }, toNumbers],
  ];

  it.each(ways.flatMap(([way, post]) => events.map((event) => [...event, way, post] as const)))(
    '%s can be sent again as it is read, and has no room for more (sent %4$s)',
    async (_, fields, toValue, __, post) => {
      const event = { deviceID: randomUUID(), eventType: 'large', ...fields };

      expect(await post(withValue(event, toValue(event, 1)))).toBe('/problems/payload-too-large');
      expect(await post(withValue(event, toValue(event)))).toBe('created');
      await expectDuplicates(await readPages('/events/latest', { deviceID: event.deviceID }));
    },
  );

  const toStatus = (body: unknown) => {
    const { status, type, problem } = body as {
      status: string;
      type?: string;
      problem?: { type: string };
    };
    return problem?.type ?? type ?? status;
  };
  const toOnlyStatus = (body: unknown) => toStatus((body as { results: unknown[] }).results[0]);
});

/** Sends the events by either way. */
async function expectDuplicates(events: unknown[]): Promise<void> {
  const batch = await send('/events/batch', { events });
  expect(batch.body).toEqual({ results: events.map(() => ({ status: 'duplicate' })) });
  for (const event of events) {
    expect(await send('/events', event)).toEqual({
      status: 200,
      body: { status: 'duplicate', message: 'Event already stored' },
    });
  }
}

it('takes back the very text of a page and of an export', async () => {
  const source = { deviceID: randomUUID(), eventType: 'exact' };
  const values = [
    '9223372036854775808',
    '1.2345678901234568e20',
    '123456789012345683968',
    '1e300',
    '5e-324',
    '"\\ufffd"',
    '{"\\ufffd":[-9223372036854775808]}',
    '36028797018963968',
  ];
  const toText = (value: string, nth: number) =>
    `{"deviceID":"${source.deviceID}","eventType":"exact","date":"2026-05-05T12:00:0${nth}Z","value":${value}}`;
  const post = async (events: string) => {
    const body = `{"events":[${events}]}`;
    const init = { method: 'POST', headers, body };
    const response = await fetch(`${service.url()}/events/batch`, init);
    const { results } = (await response.json()) as { results: { status: string }[] };
    return results.map(({ status }) => status);
  };
  expect(await post(values.map(toText).join())).toEqual(values.map(() => 'created'));
  const known = values.map(() => 'duplicate');

  const page = await get('/events', { ...source, date: '2026-05-05' });
  const lines = (await get('/events/export', { ...source, ...RANGE })).trimEnd().split('\n');

  expect(await post(page.replace('{"events":[', '').replace(/\]\}$/, ''))).toEqual(known);
  expect(await post(lines.slice(0, -1).join())).toEqual(known);
});
