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
        ...{ since: toText(since), until: toText(until), interval, timeZone: zone },
      });

      expect(found.timeZone).toBe(zone);
      expect(
        found.intervals.map(({ start, end, count }) => ({ start, end, count })),
        interval,
      ).toEqual(wanted);
    }
  });
});
