import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, useLocalService } from '../harness/local-service.ts';

// The calendar's oddities are older than any device.
const service = useLocalService({ notBefore: '0000-01-01' });
const headers = { 'content-type': 'application/json', 'x-api-key': API_KEY };

const post = async (event: {
  deviceID: string;
  eventType: string;
  date: string;
  value?: unknown;
}) => {
  const body = JSON.stringify(event);
  const { status } = await fetch(`${service.url()}/events`, { method: 'POST', headers, body });
  expect(status).toBe(201);
};

const get = async (path: string, query: Record<string, string>) => {
  const response = await fetch(`${service.url()}${path}?${new URLSearchParams(query)}`, {
    headers,
  });
  return { status: response.status, body: (await response.json()) as unknown };
};

/** Stores events in batches that a request may have. */
const postAll = async (events: object[], size = 1_000) => {
  for (let from = 0; from < events.length; from += size) {
    const body = JSON.stringify({ events: events.slice(from, from + size) });
    const response = await fetch(`${service.url()}/events/batch`, {
      method: 'POST',
      headers,
      body,
    });
    expect(response.status).toBe(207);
  }
};

type Page = { events: { eventType: string }[]; nextCursor?: string };

const getLatest = async (query: Record<string, string>): Promise<Page> => {
  const { status, body } = await get('/events/latest', query);
  expect(status).toBe(200);
  return body as Page;
};

const toTypes = ({ events }: Page) => events.map(({ eventType }) => eventType);

const MINUTE = 60_000;
const START = Date.parse('2026-05-05T22:00:00Z');
const at = (minutes: number) => new Date(START + minutes * MINUTE).toISOString();

describe('the latest events', () => {
  it('are the newest of each type by their own date, whatever came last', async () => {
    const deviceID = randomUUID();
    const climate = { deviceID, eventType: 'climate' };
    await post({ ...climate, date: at(500), value: { celsius: 21 } });
    await post({ ...climate, date: at(2), value: { celsius: 20 } });
    await post({ deviceID, eventType: 'door', date: at(1) });
    await post({ deviceID: randomUUID(), eventType: 'other', date: at(900) });

    const all = await get('/events/latest', { deviceID: deviceID.toUpperCase() });
    const one = await get('/events/latest', climate);

    const newest = { ...climate, date: at(500), value: { celsius: 21 } };
    const door = { deviceID, eventType: 'door', date: at(1), value: null };
    expect(all.body).toEqual({ events: [newest, door] });
    expect(one.body).toEqual({ events: [newest] });
  });

  it('are found in an earlier bucket where late events fill the newest', {
    tags: ['long', 'engine'],
  }, async () => {
    const device = { deviceID: randomUUID(), eventType: 'late' };
    const day = Date.parse('2026-05-05T00:00:00Z');
    for (let index = 0; index < 240; index += 20) {
      const part = Array.from({ length: 20 }, (_, offset) => index + offset);
      // After the first, each is older than all before it.
      await Promise.all(
        part.map((n) =>
          post({ ...device, date: new Date(day + (300 - n) * MINUTE).toISOString(), value: n }),
        ),
      );
    }

    expect((await get('/events/latest', device)).body).toEqual({
      events: [{ ...device, date: new Date(day + 300 * MINUTE).toISOString(), value: 0 }],
    });
  });

  it('are an empty list of a device, or a type, that has none', async () => {
    const query = { deviceID: randomUUID() };

    expect(await get('/events/latest', query)).toEqual({ status: 200, body: { events: [] } });
    expect(await getLatest({ ...query, eventType: 'a' })).toEqual({ events: [] });
  });

  it('have their ids', async () => {
    const event = { deviceID: randomUUID(), eventType: 'a', date: at(0), value: 1, id: 'boot-1/1' };
    await post(event);

    expect(await getLatest({ deviceID: event.deviceID })).toEqual({ events: [event] });
  });
});

describe('the pages of the latest events', () => {
  // In the order of their code points, which is no alphabet's.
  const TYPES = ['1', 'B', 'Z', 'a', 'a-b', 'a.b', 'a/b', 'a1', 'a:b', 'aB', 'a_b', 'ab', 'b'];
  const deviceID = randomUUID();

  beforeAll(() =>
    postAll(TYPES.toReversed().map((eventType) => ({ deviceID, eventType, date: at(0) }))),
  );

  it.each([1, 5, 12, 13, 1_000])('have each type once, in order, %i at a time', async (limit) => {
    const types: string[] = [];
    const sizes: number[] = [];
    const query: Record<string, string> = { deviceID, limit: String(limit) };
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const page = await getLatest(cursor === '' ? query : { ...query, cursor });
      types.push(...toTypes(page));
      sizes.push(page.events.length);
      cursor = page.nextCursor;
    }

    expect(types).toEqual(TYPES);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(limit);
    expect(sizes).toHaveLength(Math.ceil(TYPES.length / limit));
  });

  it('go on where they were, whatever their size and the case of the device', async () => {
    const { nextCursor: cursor = '' } = await getLatest({ deviceID, limit: '4' });
    const rest = await getLatest({ deviceID: deviceID.toUpperCase(), limit: '100', cursor });

    expect(toTypes(rest)).toEqual(TYPES.slice(4));
  });

  it('are of a hundred types unless more are asked for', async () => {
    const device = randomUUID();
    const types = Array.from({ length: 101 }, (_, n) => `type-${String(n).padStart(3, '0')}`);
    await postAll(types.map((eventType) => ({ deviceID: device, eventType, date: at(0) })));

    const first = await getLatest({ deviceID: device });
    const { nextCursor: cursor = '' } = first;

    expect(toTypes(first)).toEqual(types.slice(0, 100));
    expect(toTypes(await getLatest({ deviceID: device, cursor }))).toEqual(types.slice(100));
  });

  it('end before the 6 MB that a function may answer', { tags: 'long' }, async () => {
    const device = randomUUID();
    const value = '"'.repeat(8_000);
    const types = Array.from({ length: 300 }, (_, n) => `big-${String(n).padStart(3, '0')}`);
    const events = types.map((eventType) => ({ deviceID: device, eventType, date: at(0), value }));
    await postAll(events, 100);

    const query = { deviceID: device, limit: '1000' };
    const first = await getLatest(query);
    const second = await getLatest({ ...query, cursor: first.nextCursor ?? '' });

    expect(Buffer.byteLength(JSON.stringify(JSON.stringify(first)))).toBeLessThan(6_291_456);
    expect([...toTypes(first), ...toTypes(second)]).toEqual(types);
    expect(second.nextCursor).toBeUndefined();
  });

  it.each([
    [{ limit: '0' }, 'too-small', 'limit'],
    [{ limit: '1001' }, 'too-large', 'limit'],
    [{ limit: '1e2' }, 'type', 'limit'],
    [{ cursor: '' }, 'invalid-cursor', 'cursor'],
    [{ limit: '99999999999999999999' }, 'too-large', 'limit'],
    [{ cursor: 'AAAA' }, 'invalid-cursor', 'cursor'],
    [{ order: 'asc' }, 'unknown-parameter', 'order'],
    [{ eventType: 'a b' }, 'pattern', 'eventType'],
  ] as [Record<string, string>, string, string][])(
    'are refused with %j: %s',
    async (wrong, code, parameter) => {
      const { status, body } = await get('/events/latest', { deviceID, ...wrong });

      expect(status).toBe(400);
      expect(body).toMatchObject({ errors: [{ code, parameter }] });
    },
  );

  it('are refused with the cursor of another device, of one type, or of a list', async () => {
    const { nextCursor: cursor = '' } = await getLatest({ deviceID, limit: '1' });
    await postAll([1, 2].map((second) => ({ deviceID, eventType: 'b', date: at(second) })));
    const list = await get('/events', { deviceID, eventType: 'b', since: at(0), limit: '1' });
    const { nextCursor: other = '' } = list.body as Page;
    expect(other).not.toBe('');

    for (const query of [
      { deviceID: randomUUID(), cursor },
      { deviceID, eventType: 'b', cursor },
      { deviceID, cursor: other },
      { deviceID, eventType: 'b', cursor: other },
    ]) {
      const { status, body } = await get('/events/latest', query);
      expect(status).toBe(400);
      expect(body).toMatchObject({ errors: [{ code: 'invalid-cursor', parameter: 'cursor' }] });
    }
  });
});

describe('the summary', () => {
  const device = { deviceID: randomUUID(), eventType: 'level' };
  const query = { ...device, since: at(0), until: at(240), interval: 'PT1H' };

  it('has count, extremes, sum, mean, first and last of the numbers of each interval', async () => {
    const values: [number, unknown][] = [
      [59, 4],
      [1, 3],
      [30, -1],
      [40, 'text'],
      [41, null],
      [130, 1.7976931348623157e308],
      [131, 1.7976931348623157e308],
      [179, [5]],
      [240, 9],
    ];
    for (const [minutes, value] of values) await post({ ...device, date: at(minutes), value });

    const largest = 1.7976931348623157e308;
    expect((await get('/events/summary', query)).body).toEqual({
      timeZone: 'UTC',
      intervals: [
        {
          start: at(0),
          end: at(60),
          count: 3,
          min: -1,
          max: 4,
          sum: 6,
          mean: expect.closeTo(2, 10),
          firstValue: 3,
          lastValue: 4,
        },
        // JSON has no number for their sum.
        { start: at(120), end: at(180), count: 2, sum: largest, ...same(largest) },
      ],
    });
  });

  it('begins intervals at midnight, also where the range does not', async () => {
    const { body } = await get('/events/summary', { ...query, since: at(20), interval: 'P1D' });

    expect(body).toMatchObject({
      intervals: [
        { start: '2026-05-05T00:00:00.000Z', end: '2026-05-06T00:00:00.000Z', firstValue: -1 },
        { start: '2026-05-06T00:00:00.000Z', end: '2026-05-07T00:00:00.000Z', count: 2 },
      ],
    });
  });

  it.each([
    [{ interval: 'PT0M' }, 'pattern', 'interval'],
    [{ interval: 'P2D' }, 'pattern', 'interval'],
    [{ interval: 'P2W' }, 'pattern', 'interval'],
    [{ interval: 'P1Y' }, 'pattern', 'interval'],
    [{ interval: 'PT1S' }, 'pattern', 'interval'],
    [{ interval: 'PT25H' }, 'too-large', 'interval'],
    [{ interval: 'PT1441M' }, 'too-large', 'interval'],
    [{ until: at(0) }, 'empty-range', 'until'],
    [{ until: at(-1) }, 'empty-range', 'until'],
    [{ since: 'yesterday' }, 'pattern', 'since'],
    // In years that UTC, or four digits, do not have.
    [{ since: '0000-01-01T00:00:00+00:01' }, 'format', 'since'],
    [{ until: '9999-12-31T23:59:59-00:01' }, 'format', 'until'],
    [{ since: '-000001-12-31T00:00:00Z' }, 'pattern', 'since'],
    [{ limit: '5' }, 'unknown-parameter', 'limit'],
    [{ from: at(0) }, 'unknown-parameter', 'from'],
  ] as [Record<string, string>, string, string][])(
    'is refused with %j: %s',
    async (wrong, code, parameter) => {
      const { status, body } = await get('/events/summary', { ...query, ...wrong });

      expect(status).toBe(400);
      expect(body).toMatchObject({
        type: '/problems/invalid-request',
        errors: [{ code, parameter }],
      });
    },
  );

  it.each([
    ['PT1M', '2026-05-05T22:00:00Z', '2026-05-07T07:20:00Z'],
    ['PT1M', '2026-05-05T22:00:59.999Z', '2026-05-07T07:20:00Z'],
    ['P1D', '2020-01-01T00:00:00Z', '2025-06-23T00:00:00Z'],
    // Mondays.
    ['P1W', '1988-01-04T00:00:00Z', '2026-05-04T00:00:00Z'],
    ['P1W', '1988-01-10T23:59:59Z', '2026-05-04T00:00:00Z'],
    // A month is as long as it is.
    ['P1M', '1860-02-01T00:00:00Z', '2026-10-01T00:00:00Z'],
    ['P1M', '1859-12-31T23:59:59Z', '2026-08-01T00:00:00Z'],
  ])('may have 2,000 intervals of %s from %s on, and no more', async (interval, since, until) => {
    const longest = { ...query, interval, since, until };
    const more = { ...longest, until: new Date(Date.parse(until) + 1).toISOString() };

    expect((await get('/events/summary', longest)).status).toBe(200);
    expect((await get('/events/summary', more)).body).toMatchObject({
      errors: [
        {
          code: 'too-many',
          parameter: 'interval',
          detail: 'makes 2001 intervals of the range, 2000 are allowed',
        },
      ],
    });
  });

  it.each([
    [
      'P1W',
      // A Sunday's end, and the Monday after it, which is in another year.
      ['2018-12-30T23:59:59.999Z', '2018-12-31T00:00:00.000Z', '2019-01-06T23:59:59.999Z'],
      [
        ['2018-12-24', '2018-12-31', 1],
        ['2018-12-31', '2019-01-07', 2],
      ],
    ],
    [
      'P1M',
      ['2018-12-31T23:59:59.999Z', '2019-01-01T00:00:00.000Z', '2019-01-31T23:59:59.999Z'],
      [
        ['2018-12-01', '2019-01-01', 1],
        ['2019-01-01', '2019-02-01', 2],
      ],
    ],
    [
      'P1M',
      ['2024-02-01T00:00:00.000Z', '2024-02-29T23:59:59.999Z', '2024-03-01T00:00:00.000Z'],
      [
        ['2024-02-01', '2024-03-01', 2],
        ['2024-03-01', '2024-04-01', 1],
      ],
    ],
    [
      'PT7H',
      // Seven hours do not make a day: they are counted from 1970-01-01 on.
      ['1970-01-01T20:59:59.999Z', '1970-01-01T21:00:00.000Z'],
      [
        ['1970-01-01T14', '1970-01-01T21', 1],
        ['1970-01-01T21', '1970-01-02T04', 1],
      ],
    ],
    // Whatever begins before the first year is cut short there: 0000-01-01 was a Saturday.
    ['P1W', ['0000-01-01T00:00:00.000Z'], [['0000-01-01', '0000-01-03', 1]]],
    ['PT7H', ['0000-01-01T00:00:00.000Z'], [['0000-01-01T00', expect.any(String), 1]]],
  ] as [string, string[], [string, string, number][]][])(
    'by %s begins and ends intervals where the calendar does: %j',
    async (interval, dates, intervals) => {
      const own = { deviceID: randomUUID(), eventType: 'calendar' };
      for (const date of dates) await post({ ...own, date, value: 1 });

      const { body } = await get('/events/summary', {
        ...own,
        interval,
        since: dates[0] ?? '',
        until: new Date(Date.parse(dates.at(-1) ?? '') + 1).toISOString(),
      });

      const found = (body as { intervals: { start: string; end: string; count: number }[] })
        .intervals;
      expect(found.map(({ start, end, count }) => [start, end, count])).toEqual(
        intervals.map(([start, end, count]) => [toInstant(start), toInstant(end), count]),
      );
    },
  );

  const toInstant = (text: unknown) =>
    typeof text === 'string'
      ? new Date(text.includes('T') ? `${text}:00:00Z` : text).toISOString()
      : text;

  const same = (value: number) => ({
    min: value,
    max: value,
    mean: value,
    firstValue: value,
    lastValue: value,
  });
});
