import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import type { components } from '../../generated/openapi.ts';
import { API_KEY, useLocalService } from '../harness/local-service.ts';

type Interval = components['schemas']['EventInterval'];

const service = useLocalService({ notBefore: '1860-01-01' });
const headers = { 'content-type': 'application/json', 'x-api-key': API_KEY };
const eventType = 'power';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const postAll = async (deviceID: string, events: { date: string; value: unknown }[]) => {
  for (let from = 0; from < events.length; from += 1_000) {
    const part = events.slice(from, from + 1_000);
    const body = JSON.stringify({
      events: part.map((each) => ({ deviceID, eventType, ...each })),
    });
    const reply = await fetch(`${service.url()}/events/batch`, { method: 'POST', headers, body });
    expect(reply.status).toBe(207);
    expect(await reply.text()).not.toContain('rejected');
  }
};

const ask = (deviceID: string, query: Record<string, string>, more = {}) =>
  fetch(
    `${service.url()}/events/summary?${new URLSearchParams({ deviceID, eventType, ...query })}`,
    { headers: { ...headers, ...more } },
  );

const summarize = async (deviceID: string, query: Record<string, string>) => {
  const reply = await ask(deviceID, query);
  expect(reply.status).toBe(200);
  return (await reply.json()) as { timeZone: string; intervals: Interval[] };
};

const toText = (instant: number) => new Date(instant).toISOString();

/** Each a change of the clock, to the minute, and what it is. */
const CHANGES: [zone: string, change: string, what: string][] = [
  ['Europe/Berlin', '2026-03-29T01:00:00Z', 'an hour is missing'],
  ['Europe/Berlin', '2025-10-26T01:00:00Z', 'an hour comes twice'],
  ['Australia/Lord_Howe', '2025-10-04T15:30:00Z', 'half an hour is missing'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z', 'half an hour comes twice'],
  ['Asia/Kathmandu', '2026-05-05T18:15:00Z', 'midnight, an hour and a quarter from whole hours'],
  ['Asia/Kathmandu', '1985-12-31T18:30:00Z', 'the first quarter of a year is missing'],
  ['Pacific/Chatham', '2025-09-27T14:00:00Z', 'an hour is missing'],
  ['Pacific/Chatham', '2026-04-04T14:00:00Z', 'an hour comes twice'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z', 'a day is missing'],
  ['America/Havana', '2025-11-02T05:00:00Z', 'midnight comes twice'],
  ['America/Havana', '2026-03-08T05:00:00Z', 'a day begins at one'],
  ['America/St_Johns', '2006-10-29T02:31:00Z', 'a minute after midnight it is yesterday'],
  ['America/Santiago', '2026-04-05T03:00:00Z', 'the last hour of a day comes twice'],
];

const offsets = new Map<string, number>();
/** What the clock shows, by another library than the service's. */
const toLocal = (instant: number, zone: string): number => {
  const key = `${zone} ${instant}`;
  const offset = offsets.get(key) ?? DateTime.fromMillis(instant, { zone }).offset * MINUTE;
  offsets.set(key, offset);
  return instant + offset;
};

const UNITS: Record<string, 'day' | 'week' | 'month'> = { P1D: 'day', P1W: 'week', P1M: 'month' };

/** Whether an interval begins at the instant, from the clock a minute before and now. */
const isStart = (instant: number, zone: string, duration: string): boolean => {
  const [before, now] = [instant - MINUTE, instant].map((each) => toLocal(each, zone));
  if (before === undefined || now === undefined) return false;
  const unit = UNITS[duration];
  if (unit) {
    if (Math.floor(before / DAY) === Math.floor(now / DAY)) return false;
    // The first instant of its day: no later one, where the clock comes back to midnight.
    const toUnit = (local: number) => +DateTime.fromMillis(local, { zone: 'utc' }).startOf(unit);
    const earlier = [1, 15, 31, 60, 61, 90].map((minutes) => instant - minutes * MINUTE);
    return earlier.every((each) => toUnit(toLocal(each, zone)) < toUnit(now));
  }
  const [, count, letter] = /^PT(\d+)([MH])$/.exec(duration) ?? [];
  const length = Number(count) * (letter === 'H' ? HOUR : MINUTE);
  const isAfterJump = now - before !== MINUTE;
  return (
    Math.floor(before / length) !== Math.floor(now / length) || (isAfterJump && now % length === 0)
  );
};

/** The starts around a change, minute by minute. */
const toStarts = (from: number, to: number, zone: string, duration: string): number[] => {
  const starts: number[] = [];
  for (let instant = from; instant <= to; instant += MINUTE) {
    if (isStart(instant, zone, duration)) starts.push(instant);
  }
  return starts;
};

describe('a summary in a time zone', () => {
  it.each(CHANGES)('of %s around %s, when %s, has the intervals of the clock', async (...row) => {
    const [zone, change] = row;
    const middle = Date.parse(change);
    const deviceID = randomUUID();
    const dates = Array.from({ length: 480 }, (_, nth) => middle + (nth - 240) * 15 * MINUTE);
    await postAll(
      deviceID,
      dates.map((date, value) => ({ date: toText(date), value })),
    );
    for (const interval of ['PT15M', 'PT1H', 'PT2H', 'PT6H', 'PT7H', 'P1D']) {
      const since = middle - 2 * DAY;
      const until = middle + 2 * DAY;
      const starts = toStarts(since - DAY * 2, until + DAY * 2, zone, interval);
      const wanted = starts.flatMap((start, nth) => {
        const end = starts[nth + 1] ?? 0;
        const own = dates.filter(
          (date) => date >= Math.max(start, since) && date < Math.min(end, until),
        );
        if (own.length === 0) return [];
        return [{ start: toText(start), end: toText(end), count: own.length }];
      });

      const found = await summarize(deviceID, {
        since: toText(since),
        until: toText(until),
        interval,
        timeZone: zone,
      });

      expect(found.timeZone).toBe(zone);
      expect(
        found.intervals.map(({ start, end, count }) => ({ start, end, count })),
        interval,
      ).toEqual(wanted);
    }
  });

  it.each([
    // The change is on a Sunday: the week is an hour short, and so is the month.
    ['Europe/Berlin', 'P1W', '2026-03-22T23:00Z', '2026-03-29T22:00Z'],
    ['Europe/Berlin', 'P1M', '2026-02-28T23:00Z', '2026-03-31T22:00Z'],
    ['Australia/Lord_Howe', 'P1W', '2026-03-29T13:00Z', '2026-04-05T13:30Z'],
    ['Australia/Lord_Howe', 'P1M', '2026-03-31T13:00Z', '2026-04-30T13:30Z'],
    ['Pacific/Chatham', 'P1M', '2026-03-31T10:15Z', '2026-04-30T11:15Z'],
    ['Asia/Kathmandu', 'P1W', '2026-05-03T18:15Z', '2026-05-10T18:15Z'],
    // Without its Friday.
    ['Pacific/Apia', 'P1W', '2011-12-26T10:00Z', '2012-01-01T10:00Z'],
    ['Pacific/Apia', 'P1M', '2011-12-01T10:00Z', '2011-12-31T10:00Z'],
  ])('of %s by %s has what begins at %s and ends at %s', async (timeZone, interval, ...edges) => {
    const [start, end] = edges.map((edge) => new Date(edge));
    const deviceID = randomUUID();
    const dates = [+(start ?? 0) - 1, +(start ?? 0), +(end ?? 0) - 1, +(end ?? 0)];
    await postAll(
      deviceID,
      dates.map((date, value) => ({ date: toText(date), value })),
    );
    const range = { since: toText(dates[0] ?? 0), until: toText((dates[3] ?? 0) + 1) };

    const { intervals } = await summarize(deviceID, { ...range, interval, timeZone });

    expect(intervals).toMatchObject([
      { end: start?.toISOString(), count: 1 },
      { start: start?.toISOString(), end: end?.toISOString(), count: 2, sum: 3, mean: 1.5 },
      { start: end?.toISOString(), count: 1 },
    ]);
  });

  const range = { since: '2026-05-05T00:00:00Z', until: '2026-05-08T00:00:00Z', interval: 'P1D' };

  it('of UTC is the same however it is named', async () => {
    const deviceID = randomUUID();
    const dates = [0, 7, 30, 55].map((hours) => Date.parse(range.since) + hours * HOUR);
    await postAll(
      deviceID,
      dates.map((date, value) => ({ date: toText(date), value })),
    );
    for (const interval of ['PT7H', 'PT15M', 'P1D', 'P1W', 'P1M']) {
      const wanted = await summarize(deviceID, { ...range, interval });
      for (const timeZone of ['UTC', 'utc', 'Etc/UTC', 'GMT', 'Etc/GMT-0']) {
        const { intervals } = await summarize(deviceID, { ...range, interval, timeZone });
        expect(intervals, `${interval} of ${timeZone}`).toEqual(wanted.intervals);
      }
    }
  });

  it('names the zone in its usual case', async () => {
    const query = { ...range, timeZone: 'aMERICA/port-AU-prince' };

    expect(await summarize(randomUUID(), query)).toEqual({
      timeZone: 'America/Port-au-Prince',
      intervals: [],
    });
  });

  it('is kept by its entity tag, which no other zone or pointer has', async () => {
    const deviceID = randomUUID();
    await postAll(deviceID, [{ date: '2026-05-05T12:00:00Z', value: { a: 1 } }]);
    const queries = [
      range,
      { ...range, pointer: '/a' },
      { ...range, timeZone: 'Asia/Kathmandu' },
      { ...range, timeZone: 'Asia/Kathmandu', pointer: '/a' },
      { ...range, timeZone: 'Asia/Kolkata', pointer: '/a' },
    ];
    const tags: string[] = [];
    for (const query of queries) tags.push((await ask(deviceID, query)).headers.get('etag') ?? '');
    expect(new Set(tags).size).toBe(queries.length);
    for (const [nth, query] of queries.entries()) {
      for (const [other, tag] of tags.entries()) {
        const { status } = await ask(deviceID, query, { 'if-none-match': tag });
        expect(status, `${nth} ${other}`).toBe(nth === other ? 304 : 200);
      }
    }
    const inCase = { ...range, timeZone: 'asia/KATHMANDU', pointer: '/a' };
    expect((await ask(deviceID, inCase, { 'if-none-match': tags[3] ?? '' })).status).toBe(304);

    await postAll(deviceID, [{ date: '2026-05-06T12:00:00Z', value: { a: 2 } }]);
    const { status } = await ask(deviceID, inCase, { 'if-none-match': tags[3] ?? '' });
    expect(status).toBe(200);
  });

  it('is of 2,000 intervals at most, which may be shorter than in UTC', async () => {
    // To the instant.
    for (const [timeZone, interval, since, until] of [
      ['Europe/Berlin', 'P1M', '1859-12-31T23:06:32Z', '2026-08-31T22:00:00Z'],
      ['Europe/Berlin', 'P1D', '2020-01-01T23:00:00Z', '2025-06-23T22:00:00Z'],
      ['Europe/Berlin', 'PT1H', '2026-03-01T00:00:00Z', '2026-05-23T08:00:00Z'],
      // With the day that is missing.
      ['Pacific/Apia', 'P1D', '2008-01-01T11:00:00Z', '2013-06-23T11:00:00Z'],
    ] as const) {
      const longest = { interval, since, until, timeZone };
      const more = { ...longest, until: toText(Date.parse(until) + 1) };

      expect((await ask(randomUUID(), longest)).status, interval).toBe(200);
      const refused = await ask(randomUUID(), more);
      expect(refused.status).toBe(400);
      expect(await refused.json()).toMatchObject({
        errors: [{ code: 'too-many', parameter: 'interval' }],
      });
    }
  });

  it.each([
    [{ timeZone: 'Europe/Bonn' }, 'format', 'timeZone'],
    [{ timeZone: 'constructor' }, 'format', 'timeZone'],
    [{ timeZone: 'Z' }, 'format', 'timeZone'],
    [{ timeZone: '+05:45' }, 'pattern', 'timeZone'],
    [{ timeZone: '' }, 'pattern', 'timeZone'],
    [{ timeZone: '../etc/passwd' }, 'pattern', 'timeZone'],
    [{ timeZone: 'Europe/' }, 'pattern', 'timeZone'],
    [{ timeZone: 'x'.repeat(65) }, 'too-long', 'timeZone'],
    [{ timeZone: 'Europe/Berlin', interval: 'PT25H' }, 'too-large', 'interval'],
    [{ timeZone: 'Europe/Berlin', interval: 'P2W' }, 'pattern', 'interval'],
    [{ timezone: 'Europe/Berlin' }, 'unknown-parameter', 'timezone'],
    [{ pointer: 'a' }, 'pattern', 'pointer'],
    [{ pointer: '#/a' }, 'pattern', 'pointer'],
    [{ pointer: '/a~' }, 'pattern', 'pointer'],
    [{ pointer: '/a~2b' }, 'pattern', 'pointer'],
    [{ pointer: `/${'a'.repeat(256)}` }, 'too-long', 'pointer'],
  ] as [Record<string, string>, string, string][])(
    'is refused with %j: %s',
    async (wrong, code, parameter) => {
      const reply = await ask(randomUUID(), { ...range, ...wrong });

      expect(reply.status).toBe(400);
      expect(await reply.json()).toMatchObject({
        type: '/problems/invalid-request',
        errors: [{ code, parameter }],
      });
    },
  );
});
