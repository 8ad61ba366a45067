import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, useLocalService } from '../harness/local-service.ts';

const service = useLocalService();
const headers = { 'content-type': 'application/json', 'x-api-key': API_KEY };
const SENT = '2026-05-05T22:19:35.250Z';

/** How clients and generated SDKs write that instant, as it is before a URL's encoding. */
const SPELLINGS = [
  '2026-05-05T22:19:35.250Z',
  '2026-05-05t22:19:35.25z',
  '2026-05-05T22:19:35.250000000Z',
  // More digits than a nanosecond has.
  '2026-05-05T22:19:35.2500000000Z',
  '2026-05-05T22:19:35.25000000000000000000000000000000000001Z',
  // A space for the T: Python's str(), and Go's and C#'s default formats.
  '2026-05-05 22:19:35.250Z',
  '2026-05-06 00:19:35.250000+02:00',
  // An offset without its colon: strftime's %z, and Java's.
  '2026-05-06T00:19:35.250+0200',
  '2026-05-05T17:19:35.250-0500',
  '2026-05-06 00:19:35.25+0200',
  // A space for the plus, which a URL that is not encoded turns into one.
  '2026-05-06T00:19:35.250 02:00',
  '2026-05-06 00:19:35.250 0200',
  '2026-05-05T17:19:35.250-05:00',
];

const post = async (event: object) => {
  const body = JSON.stringify(event);
  const response = await fetch(`${service.url()}/events`, { method: 'POST', headers, body });
  return response.status;
};

const get = async (path: string, query: Record<string, string>) => {
  const search = new URLSearchParams(query);
  const response = await fetch(`${service.url()}${path}?${search}`, { headers });
  return { status: response.status, text: await response.text() };
};

describe('an instant', () => {
  it.each(SPELLINGS)('of an event may be written %s', async (date) => {
    const event = { deviceID: randomUUID(), eventType: 'a', value: 1 };

    expect(await post({ ...event, date })).toBe(201);
    expect(await post({ ...event, date: SENT })).toBe(200);

    const { text } = await get('/events/latest', { deviceID: event.deviceID });
    expect(JSON.parse(text)).toEqual({ events: [{ ...event, date: SENT }] });
  });

  it.each([
    ['.01234567890', '.012'],
    ['.0000000001', '.000'],
    ['.00999999999999999999999999999999999999', '.009'],
    ['.10000000000', '.100'],
    ['.9999999999999', '.999'],
  ])('is the one that its digits say, however many they are: %s', async (digits, kept) => {
    const device = { deviceID: randomUUID(), eventType: 'a' };
    const [date, stored] = [digits, kept].map((fraction) => `2026-05-05T22:19:35${fraction}Z`);
    const before = new Date(Date.parse(stored ?? '') - 1).toISOString();

    expect(await post({ ...device, date })).toBe(201);
    expect(await post({ ...device, date: stored })).toBe(200);

    const read = async (query: Record<string, string>) =>
      JSON.parse((await get('/events', { ...device, ...query })).text).events.map(
        (event: { date: string }) => event.date,
      );
    expect(await read({ date: date ?? '' })).toEqual([stored]);
    expect(await read({ since: date ?? '' })).toEqual([stored]);
    expect(await read({ since: before, until: date ?? '' })).toEqual([]);
  });

  it('of a batch may be written in any of these ways', async () => {
    const event = { deviceID: randomUUID(), eventType: 'a', value: 1 };
    const events = SPELLINGS.map((date) => ({ ...event, date }));
    const body = JSON.stringify({ events });
    const response = await fetch(`${service.url()}/events/batch`, {
      method: 'POST',
      headers,
      body,
    });

    const { results } = (await response.json()) as { results: { status: string }[] };
    const [first, ...others] = results.map(({ status }) => status);
    expect([first, new Set(others)]).toEqual(['created', new Set(['duplicate'])]);
  });
});

describe('an instant of a query', () => {
  const device = { deviceID: randomUUID(), eventType: 'a' };
  const dates = [
    '2026-05-04T23:59:59.999Z',
    '2026-05-05T00:00:00.000Z',
    '2026-05-05T22:19:35.249Z',
    SENT,
    '2026-05-05T23:59:59.999Z',
    '2026-05-06T00:00:00.000Z',
  ];
  const read = async (query: Record<string, string>): Promise<string[]> => {
    const { text } = await get('/events', { ...device, order: 'asc', ...query });
    return JSON.parse(text).events.map(({ date }: { date: string }) => date);
  };

  beforeAll(async () => {
    for (const [value, date] of dates.entries()) {
      expect(await post({ ...device, date, value })).toBe(201);
    }
  });

  it.each(SPELLINGS)('may be written %s, in any parameter', async (instant) => {
    expect(await read({ since: instant })).toEqual(dates.slice(3));
    expect(await read({ since: dates[0] ?? '', until: instant })).toEqual(dates.slice(0, 3));
    // A day is that of UTC, wherever its instant is written.
    expect(await read({ date: instant })).toEqual(dates.slice(1, 5));

    const range = { ...device, since: instant, until: '2026-05-07T00:00:00Z' };
    const exported = await get('/events/export', range);
    expect(exported.text.split('\n')).toHaveLength(3 + 2);
    const summary = await get('/events/summary', { ...range, interval: 'P1D' });
    expect(JSON.parse(summary.text).intervals).toMatchObject([{ count: 2 }, { count: 1 }]);
  });

  it('may come with a plus that is not encoded', async () => {
    const search = `deviceID=${device.deviceID}&eventType=a&order=asc`;
    for (const query of [
      'since=2026-05-06T00:19:35.250+02:00',
      'since=2026-05-06+00:19:35.250+0200',
      'since=2026-05-06%2000:19:35.250%2B02:00',
    ]) {
      const response = await fetch(`${service.url()}/events?${search}&${query}`, { headers });
      const { events } = (await response.json()) as { events: { date: string }[] };
      expect([query, events.map(({ date }) => date)]).toEqual([query, dates.slice(3)]);
    }
  });

  it.each([
    ['2026-05-05', [1, 5]],
    ['2026-05-05T00:00:00Z', [1, 5]],
    ['2026-05-05T23:59:59.999999Z', [1, 5]],
    ['2026-05-06T01:59:59+02:00', [1, 5]],
    ['2026-05-04T19:00:00-05:00', [1, 5]],
    ['2026-05-05T01:59:59+02:00', [0, 1]],
    ['2026-05-05 19:00:00-0500', [5, 6]],
  ] as [string, [number, number]][])('%s names a UTC day', async (date, [from, to]) => {
    expect(await read({ date })).toEqual(dates.slice(from, to));
  });
});
