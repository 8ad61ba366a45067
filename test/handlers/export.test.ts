import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, useLocalService } from '../harness/local-service.ts';

const service = useLocalService();
const DEVICE = { deviceID: randomUUID(), eventType: 'anything' };
const RANGE = { since: '2026-05-05T00:00:00Z', until: '2026-05-06T00:00:00Z' };
// Oldest first, as they are read.
const VALUES = [
  3,
  -0.5,
  true,
  null,
  'text',
  'a "quoted", one',
  'two\r\nlines',
  { a: [1, 'x'] },
  [],
  '=1+1',
  '+1',
  '-1',
  '@x',
  'don’t',
  '',
  '\n=1',
  '\0=1',
  '＝1',
  '# complete',
];

const at = (second: number) =>
  new Date(Date.parse('2026-05-05T12:00:00Z') + second * 1_000).toISOString();

const headers = { 'x-api-key': API_KEY };

const post = (events: object[]) =>
  fetch(`${service.url()}/events/batch`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  });

const get = (accept: string, query: Record<string, string> = {}, path = '/events/export') =>
  fetch(`${service.url()}${path}?${new URLSearchParams({ ...DEVICE, ...RANGE, ...query })}`, {
    headers: { ...headers, ...(accept && { accept }) },
  });

/** The lines, all of which must have an end. */
const toLines = (text: string, end: string): string[] => {
  expect(text.endsWith(end)).toBe(true);
  return text.slice(0, -end.length).split(end);
};

beforeAll(async () => {
  const events = VALUES.map((value, second) => ({
    ...DEVICE,
    date: at(second),
    value,
    ...(second === 4 && { id: 'boot-17/4' }),
  }));
  expect((await post(events)).status).toBe(207);
});

describe('an export as NDJSON', () => {
  it('has an event a line, as JSON has it, and says at its end that it is complete', async () => {
    const json = await get('application/json', { order: 'asc' }, '/events');
    const response = await get('application/x-ndjson');

    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    expect(response.headers.get('vary')).toBe('Accept, Accept-Encoding');
    const lines = toLines(await response.text(), '\n').map((line) => JSON.parse(line));
    expect(lines.pop()).toEqual({ complete: true });
    expect(lines).toHaveLength(VALUES.length);
    expect({ events: lines }).toEqual(await json.json());
  });

  it('shows when each event was received, if asked for', async () => {
    const response = await get('application/x-ndjson', { include: 'receivedAt' });

    const lines = toLines(await response.text(), '\n').map((line) => JSON.parse(line));
    expect(lines.pop()).toEqual({ complete: true });
    expect(lines).toHaveLength(VALUES.length);
    for (const { receivedAt } of lines) {
      expect(Math.abs(Date.parse(receivedAt) - Date.now())).toBeLessThan(60_000);
    }
    // What was read can be sent again unchanged.
    const { results } = (await (await post(lines)).json()) as { results: object[] };
    expect(new Set(results.map((result) => JSON.stringify(result)))).toEqual(
      new Set(['{"status":"duplicate"}']),
    );
    expect((await get('application/x-ndjson', { include: 'value' })).status).toBe(400);
  });

  it('has its last line alone where there are no events', async () => {
    const response = await get('application/x-ndjson', { until: at(-1) });

    expect([response.status, await response.text()]).toEqual([200, '{"complete":true}\n']);
  });

  it('goes without an end of the range', async () => {
    const query = new URLSearchParams({ ...DEVICE, since: at(VALUES.length - 1) });
    const response = await fetch(`${service.url()}/events/export?${query}`, { headers });

    const [line, ...rest] = toLines(await response.text(), '\n').map((each) => JSON.parse(each));
    expect(line).toEqual({ ...DEVICE, date: at(VALUES.length - 1), value: '# complete' });
    expect(rest).toEqual([{ complete: true }]);
  });
});

describe('an export as CSV', () => {
  it('has each value in a cell of its own, and no formula', async () => {
    const response = await get('text/csv');

    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    const cells = [
      '3',
      '-0.5',
      'true',
      '',
      'text',
      '"a ""quoted"", one"',
      '"two\r\nlines"',
      '"{""a"":[1,""x""]}"',
      '[]',
      "'=1+1",
      "'+1",
      "'-1",
      "'@x",
      'don’t',
      '',
      '"\'\n\'=1"',
      "'\0=1",
      "'＝1",
      '# complete',
    ];
    const { deviceID, eventType } = DEVICE;
    const rows = cells.map((cell, second) => {
      const id = second === 4 ? 'boot-17/4' : '';
      return `${deviceID},${eventType},${at(second)},${cell},${id}\r\n`;
    });
    expect(await response.text()).toBe(
      `deviceID,eventType,date,value,id\r\n${rows.join('')}# complete\r\n`,
    );
  });

  it('shows when each event was received, if asked for', async () => {
    const response = await get('text/csv', { include: 'receivedAt', until: at(5) });

    const { deviceID, eventType } = DEVICE;
    const [head, ...rows] = toLines(await response.text(), '\r\n');
    expect(head).toBe('deviceID,eventType,date,value,id,receivedAt');
    expect(rows.pop()).toBe('# complete');
    expect(rows).toEqual([
      ...['3', '-0.5', 'true', ''].map((cell, second) =>
        expect.stringMatching(
          new RegExp(`^${deviceID},${eventType},${at(second)},${cell},,\\d{4}-[\\d:.T-]+Z$`),
        ),
      ),
      expect.stringMatching(/,text,boot-17\/4,\d{4}-[\d:.T-]+Z$/),
    ]);
  });

  it('has its head and its last line alone where there are no events', async () => {
    const response = await get('text/csv', { until: at(-1) });

    expect(await response.text()).toBe('deviceID,eventType,date,value,id\r\n# complete\r\n');
  });
});

describe('the format of an export', () => {
  it.each([
    ['', 'application/x-ndjson'],
    ['*/*', 'application/x-ndjson'],
    ['text/csv;q=0.5, application/x-ndjson', 'application/x-ndjson'],
    ['text/csv;q=0.9, application/x-ndjson;q=0.8', 'text/csv; charset=utf-8; header=present'],
    ['text/*', 'text/csv; charset=utf-8; header=present'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'application/x-ndjson'],
    ['application/json', 'application/x-ndjson'],
    ['text/html', 'application/x-ndjson'],
    [';;', 'application/x-ndjson'],
    ['text/csv; charset=utf-8', 'text/csv; charset=utf-8; header=present'],
    ['text/csv; charset=utf-8; header=present', 'text/csv; charset=utf-8; header=present'],
    [
      'TEXT/CSV ; Header="a, b;q=0" ;Q=0.9 , application/*;q=0.8',
      'text/csv; charset=utf-8; header=present',
    ],
    [
      'application/x-ndjson; charset=utf-8;q=0.5, text/csv;header=absent;q=0.6;x=1',
      'text/csv; charset=utf-8; header=present',
    ],
    ['application/x-ndjson; charset="utf-8', 'application/x-ndjson'],
    ['application/x-ndjson;q=0, */*', 'text/csv; charset=utf-8; header=present'],
    ['application/*;q=0, text/html, */*;q=0.1', 'text/csv; charset=utf-8; header=present'],
    ['text/csv;q=0, */*', 'application/x-ndjson'],
    // What the client refuses by name is the last choice, even if it accepts nothing (RFC 9110, section 12.4.1).
    ['application/x-ndjson;q=0', 'text/csv; charset=utf-8; header=present'],
    ['text/csv;q=0', 'application/x-ndjson'],
    ['*/*;q=0', 'application/x-ndjson'],
    ['image/png', 'application/x-ndjson'],
    ['text/*;q=0, application/*;q=0', 'application/x-ndjson'],
  ])('for Accept: %s is %s', async (accept, type) => {
    expect((await get(accept)).headers.get('content-type')).toBe(type);
  });

  it('is JSON everywhere else, whatever is asked for', async () => {
    for (const accept of ['text/csv', 'application/x-ndjson', 'text/html']) {
      const response = await get(accept, {}, '/events');
      expect(response.headers.get('content-type')).toBe('application/json');
    }
  });

  it('of a problem is always its own', async () => {
    const response = await get('text/csv', { since: 'today' });

    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });
});

describe('a page that is too long for one reply', () => {
  const device = { deviceID: randomUUID(), eventType: 'quotes' };
  const COUNT = 300;

  beforeAll(async () => {
    const value = '"'.repeat(8_000);
    for (let from = 0; from < COUNT; from += 60) {
      const events = Array.from({ length: 60 }, (_, index) => ({
        ...device,
        date: at(from + index),
        value,
      }));
      expect((await post(events)).status).toBe(207);
    }
  });

  it('ends there, however much its text is escaped', async () => {
    const response = await get('', { ...device, limit: '10000' }, '/events');
    const text = await response.text();

    expect(response.status).toBe(200);
    expect(JSON.parse(text).nextCursor).toEqual(expect.any(String));
    expect(Buffer.byteLength(JSON.stringify(text))).toBeLessThan(6_291_456);
  });
});
