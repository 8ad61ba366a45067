import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { components } from '../../generated/openapi.ts';
import { isThere } from '../../src/events/bucket.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

type Page = components['schemas']['EventPage'];
type Key = { deviceID: string; eventType: string };

const DAY = Date.parse('2026-05-05T00:00:00Z');
const DAY_MS = 86_400_000;
const SECOND = 1_000;

const { client, buckets } = useDatabase();
const lambda = createApiHandler(client);

const toInstant = (second: number): string => new Date(DAY + second * SECOND).toISOString();

async function post(key: Key, seconds: number[], value: string): Promise<void> {
  const events = seconds.map((second, nth) => ({
    ...key,
    date: toInstant(second),
    value: `${value} ${nth}`,
  }));
  const body = JSON.stringify({ events });
  const headers = { 'content-type': 'application/json' };
  const request = { method: 'POST', path: '/events/batch', headers, body };
  expect((await lambda(proxyEvent(request))).statusCode).toBe(207);
}

const get = (query: Record<string, string>, headers: Record<string, string> = {}) =>
  lambda(proxyEvent({ query, headers }));

/** What is stored of a range, oldest first: by instant, bucket and place in the bucket. */
async function listStored(key: Key, since: number, until: number): Promise<unknown[]> {
  const found = await buckets.find(key, { sort: { date: 1, seq: 1 } }).toArray();
  return found
    .flatMap(({ events }) => events.filter(isThere))
    .filter(({ date }) => date >= new Date(DAY + since) && date < new Date(DAY + until))
    .sort((a, b) => a.date.getTime() - b.date.getTime())
    .map((event) => 'value' in event && event.value);
}

type Device = { late: number; share: number; days: number };

/** Instants as a device sends them that is late with some of them, by up to a part of a day. */
function toSeconds({ late, share, days }: Device, random: () => number): number[] {
  const step = (days * DAY_MS) / SECOND / 2_000;
  return Array.from({ length: 2_000 }, (_, nth) => {
    const lateness = random() < share ? random() * late * 86_400 : 0;
    return Math.max(0, Math.floor(nth * step - lateness));
  });
}

const device = fc.record({
  late: fc.constantFrom(0.001, 0.02, 1),
  share: fc.constantFrom(0, 0.005, 0.3),
  days: fc.constantFrom(1, 3),
});
const instant = fc.oneof(fc.nat({ max: 3 * 86_400 }), fc.constantFrom(0, 86_400, 172_800));
const reading = fc.record({
  bounds: fc.tuple(instant, instant),
  order: fc.constantFrom('asc', 'desc'),
  limit: fc.constantFrom(7, 100, 450, 1_000),
  /** After which page events arrive late. */
  lateAfter: fc.nat({ max: 3 }),
});

describe('pages of any part of any days', () => {
  it('have each event once, in order, and are the same while they say so', {
    tags: ['long', 'engine'],
  }, async () => {
    const runs = Number(process.env.FUZZ_SECONDS ?? 3);
    const check = async (
      of: Device,
      seed: number,
      readings: { bounds: [number, number]; order: string; limit: number; lateAfter: number }[],
    ) => {
      let state = seed;
      const random = () => {
        state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
        return state / 2 ** 31;
      };
      const key = { deviceID: randomUUID(), eventType: 'reading' };
      const seconds = toSeconds(of, random);
      for (let from = 0; from < seconds.length; from += 170)
        await post(key, seconds.slice(from, from + 170), `at ${from}`);
      for (const [nth, { bounds, order, limit, lateAfter }] of readings.entries()) {
        const [a, b] = bounds.toSorted((one, other) => one - other) as [number, number];
        const [since, until] = [a * SECOND, (b + 1) * SECOND];
        const query = { ...key, order, since: toInstant(a), until: toInstant(b + 1) };
        const before = await listStored(key, since, until);
        const found: unknown[] = [];
        const tags: { path: Record<string, string>; tag: string; body: string }[] = [];
        let cursor: string | undefined;
        for (let page = 0; ; page += 1) {
          const path = { ...query, limit: String(limit), ...(cursor && { cursor }) };
          const { statusCode, body, headers } = await get(path);
          expect([statusCode, body]).toEqual([200, expect.anything()]);
          tags.push({ path, tag: String(headers?.ETag), body });
          const { events, nextCursor } = JSON.parse(body) as Page;
          found.push(...events.map(({ value }) => value));
          cursor = nextCursor;
          if (cursor === undefined || page > 40) break;
          if (page !== lateAfter) continue;
          // Behind the cursor, so that no page to come has them; one in the middle of what was read.
          const [first, last] = [events[0], events.at(-1)].map(
            (event) => (Date.parse(event?.date ?? '') - DAY) / SECOND,
          ) as [number, number];
          const middle = Math.floor((first + last) / 2);
          if (middle !== last) await post(key, [middle], `late ${nth}`);
        }
        const wanted = order === 'asc' ? before : before.toReversed();
        const more = wanted.slice(found.length);
        expect(found).toEqual(wanted.slice(0, found.length));
        if (cursor === undefined) expect(more).toEqual([]);
        for (const { path, tag, body } of tags) {
          const again = await get(path, { 'if-none-match': tag });
          const { body: now } = await get(path);
          if (again.statusCode === 304) expect(now).toBe(body);
          else expect(again.body).toBe(now);
        }
      }
    };
    await fc.assert(
      fc.asyncProperty(device, fc.nat(), fc.array(reading, { minLength: 4, maxLength: 4 }), check),
      {
        numRuns: runs,
        ...(process.env.FUZZ_SEED && { seed: Number(process.env.FUZZ_SEED) }),
        endOnFailure: true,
      },
    );
  });
});
