import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { API_KEY, useLocalService } from '../harness/local-service.ts';

const service = useLocalService();
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

    const newest = { eventType: 'climate', date: at(500), value: { celsius: 21 } };
    expect(all.body).toEqual([newest, { eventType: 'door', date: at(1), value: null }]);
    expect(one.body).toEqual([newest]);
  });

  it('are found in an earlier bucket where late events fill the newest', async () => {
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

    expect((await get('/events/latest', device)).body).toEqual([
      { eventType: 'late', date: new Date(day + 300 * MINUTE).toISOString(), value: 0 },
    ]);
  });

  it('are an empty array of a device, or a type, that has none', async () => {
    const query = { deviceID: randomUUID() };

    expect(await get('/events/latest', query)).toEqual({ status: 200, body: [] });
    expect((await get('/events/latest', { ...query, eventType: 'a' })).body).toEqual([]);
  });
});

describe('the summary', () => {
  const device = { deviceID: randomUUID(), eventType: 'level' };
  const query = { ...device, from: at(0), to: at(240), interval: 'PT1H' };

  it('has count, extremes, mean, first and last of the numbers of each interval', async () => {
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

    expect((await get('/events/summary', query)).body).toEqual([
      { from: at(0), count: 3, min: -1, max: 4, mean: expect.closeTo(2, 10), first: 3, last: 4 },
      { from: at(120), count: 2, ...same(1.7976931348623157e308) },
    ]);
  });

  it('begins intervals at midnight, also where the range does not', async () => {
    const { body } = await get('/events/summary', { ...query, from: at(20), interval: 'P1D' });

    expect(body).toMatchObject([
      { from: '2026-05-05T00:00:00.000Z', count: 2, first: -1 },
      { from: '2026-05-06T00:00:00.000Z', count: 2 },
    ]);
  });

  it.each([
    [{ interval: 'PT0M' }, 'interval'],
    [{ interval: 'P2D' }, 'interval'],
    [{ interval: 'PT25H' }, 'interval'],
    [{ interval: 'PT1S' }, 'interval'],
    [{ to: at(2_001), interval: 'PT1M' }, 'interval'],
    [{ to: at(0) }, 'to'],
    [{ from: 'yesterday' }, 'from'],
  ] as [Record<string, string>, string][])(
    'is refused with %j, by name',
    async (wrong, parameter) => {
      const { status, body } = await get('/events/summary', { ...query, ...wrong });

      expect(status).toBe(400);
      expect(body).toMatchObject({ type: '/problems/invalid-request', errors: [{ parameter }] });
    },
  );

  it('may have 2,000 intervals', async () => {
    const longest = { ...query, to: at(2_000), interval: 'PT1M' };

    expect((await get('/events/summary', longest)).status).toBe(200);
  });

  const same = (value: number) => ({
    min: value,
    max: value,
    mean: value,
    first: value,
    last: value,
  });
});
