import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, useLocalService } from '../harness/local-service.ts';

const service = useLocalService();
const DEVICE = { deviceID: randomUUID(), eventType: 'anything' };
const DAY = { ...DEVICE, date: '2026-05-05' };
// Newest first, as they are read.
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
];

const at = (index: number) =>
  new Date(Date.parse('2026-05-05T12:00:00Z') - index * 1_000).toISOString();

const headers = { 'x-api-key': API_KEY };

const post = (events: object[]) =>
  fetch(`${service.url()}/events/batch`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(events),
  });

const get = (accept: string, query: Record<string, string> = DAY) =>
  fetch(`${service.url()}/events?${new URLSearchParams(query)}`, {
    headers: { ...headers, accept },
  });

beforeAll(async () => {
  await post(VALUES.map((value, index) => ({ ...DEVICE, date: at(index), value })));
});

describe('events as NDJSON', () => {
  it('have one event a line, each as JSON has it', async () => {
    const json = await get('application/json');
    const response = await get('application/x-ndjson');

    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    expect(response.headers.get('vary')).toBe('Accept');
    const lines = (await response.text()).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line))).toEqual(await json.json());
  });

  it('are nothing where there are none', async () => {
    const response = await get('application/x-ndjson', { ...DAY, date: '2026-05-06' });

    expect([response.status, await response.text()]).toEqual([200, '']);
  });
});

describe('events as CSV', () => {
  it('have each value in a cell of its own, and no formula', async () => {
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
      '"\'\n=1"',
      "'\0=1",
      "'＝1",
    ];
    const rows = cells.map((cell, index) => `${at(index)},${cell}\r\n`);
    expect(await response.text()).toBe(`date,value\r\n${rows.join('')}`);
  });

  it('come in pages as JSON does', async () => {
    const response = await get('text/csv', { ...DAY, limit: '2' });
    const [, next = ''] = /^<(.+)>; rel="next"$/.exec(response.headers.get('link') ?? '') ?? [];
    const second = await fetch(new URL(next, response.url), {
      headers: { ...headers, accept: 'text/csv' },
    });

    expect(await second.text()).toBe(`date,value\r\n${at(2)},true\r\n${at(3)},\r\n`);
  });
});

describe('the format', () => {
  it.each([
    ['text/csv;q=0.5, application/x-ndjson', 'application/x-ndjson'],
    ['text/csv;q=0.9, application/json;q=0.8', 'text/csv; charset=utf-8; header=present'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'application/json'],
    ['text/html', 'application/json'],
    [';;', 'application/json'],
  ])('for Accept: %s is %s', async (accept, type) => {
    expect((await get(accept)).headers.get('content-type')).toBe(type);
  });

  it('of a problem is always its own', async () => {
    const response = await get('text/csv', { ...DAY, date: 'today' });

    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });
});

it.each(['application/json', 'application/x-ndjson', 'text/csv'])(
  'a page of %s ends before a function may answer no more, however much its text is escaped',
  async (accept) => {
    const device = { deviceID: randomUUID(), eventType: 'quotes' };
    const value = '"'.repeat(8_000);
    for (const from of [0, 60, 120, 180, 240]) {
      const events = Array.from({ length: 60 }, (_, index) => ({
        ...device,
        date: at(from + index),
        value,
      }));
      expect((await post(events)).status).toBe(207);
    }

    const query = { ...device, date: '2026-05-05' };
    const first = await get(accept, query);

    expect(first.status).toBe(200);
    expect(first.headers.get('link')).toContain('rel="next"');
  },
);
