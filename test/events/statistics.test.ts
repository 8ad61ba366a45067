import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { CommandSucceededEvent, Document } from 'mongodb';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { components } from '../../generated/openapi.ts';
import type { ApiHandler } from '../../src/lambda/api-handler.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { proxyEvent } from '../harness/proxy-event.ts';
import { exactSummary } from './exact-summary.ts';

type Interval = components['schemas']['EventInterval'];
type Sent = { date: string; value: unknown; id?: string };
type Query = { since?: string; until?: string; interval?: string; timeZone?: string };

const database = useDatabase();
const replies: Document[] = [];
let watched: ApiHandler;
let other: ApiHandler;
beforeAll(() => {
  const client = database.connectAgain();
  client.on('commandSucceeded', ({ reply }: CommandSucceededEvent) =>
    replies.push(reply as Document),
  );
  watched = createApiHandler(client);
  other = createApiHandler(database.connectAgain());
});

const DAY = Date.parse('2026-05-05');
const eventType = 't';
const at = (milliseconds: number): string => new Date(DAY + milliseconds).toISOString();

const postAll = async (deviceID: string, sent: Sent[], size = 1_000): Promise<void> => {
  for (let from = 0; from < sent.length; from += size) {
    const events = sent.slice(from, from + size).map((each) => ({ deviceID, eventType, ...each }));
    const body = JSON.stringify({ events });
    const reply = await other(proxyEvent({ method: 'POST', path: '/events/batch', body }));
    expect(reply.statusCode).toBe(207);
  }
};
const ask = async (deviceID: string, query: Query = {}) => {
  const range = { since: at(0), until: at(86_400_000), interval: 'PT1H', ...query };
  const path = '/events/summary';
  return await watched(proxyEvent({ path, query: { deviceID, eventType, ...range } }));
};
const summarize = async (deviceID: string, query: Query = {}): Promise<Interval[]> => {
  const { statusCode, body } = await ask(deviceID, query);
  expect(statusCode).toBe(200);
  return JSON.parse(body).intervals;
};
/** How many events the database sent to answer, and in how many replies. */
const watch = async (work: () => Promise<unknown>) => {
  replies.length = 0;
  await work();
  const read = replies.flatMap(({ cursor }) => cursor?.firstBatch ?? cursor?.nextBatch ?? []);
  const events = (read as Document[]).flatMap((bucket) => bucket.events ?? []).length;
  return { events, trips: replies.length, bytes: JSON.stringify(replies).length };
};
const hasStatistics = async (deviceID: string, count: number): Promise<void> =>
  await vi.waitFor(async () => {
    const filter = { deviceID, stats: { $exists: true } };
    expect(await database.buckets.countDocuments(filter)).toBe(count);
  });

/** What the summary of the day must be, from its events. */
const expectSummary = async (
  deviceID: string,
  minutes: number,
  offset = 0,
): Promise<Interval[]> => {
  const query = { deviceID, eventType, date: '2026-05-05', order: 'asc', limit: '10000' };
  const { body } = await watched(proxyEvent({ query }));
  return exactSummary(JSON.parse(body).events, minutes, offset);
};

describe('a summary', () => {
  it('by the hour of a day in many buckets reads no events but those of the open one', async () => {
    const deviceID = randomUUID();
    const events = Array.from({ length: 3_010 }, (_, nth) => ({
      date: at(nth * 20_000),
      value: nth,
    }));
    await postAll(deviceID, events);
    await hasStatistics(deviceID, 15);

    const { events: read, trips } = await watch(() => summarize(deviceID));

    expect(read).toBe(10);
    expect(trips).toBe(2);
    expect(await summarize(deviceID)).toEqual(await expectSummary(deviceID, 60));
  });

  it('writes the statistics of full buckets that have none, and reads those from then on', async () => {
    const deviceID = randomUUID();
    await postAll(
      deviceID,
      Array.from({ length: 400 }, (_, nth) => ({ date: at(nth), value: nth })),
    );
    await hasStatistics(deviceID, 2);
    await database.buckets.updateMany({ deviceID }, { $unset: { stats: '' } });

    const first = await watch(() => summarize(deviceID));
    const second = await watch(() => summarize(deviceID));

    expect([first.events, second.events]).toEqual([400, 0]);
  });

  it('reads the events of those buckets alone in which its range or an interval cuts a quarter', async () => {
    const deviceID = randomUUID();
    await postAll(
      deviceID,
      Array.from({ length: 2_000 }, (_, nth) => ({ date: at(nth * 10_000), value: 1 })),
    );
    await hasStatistics(deviceID, 10);
    const read = async (query: Query) => (await watch(() => summarize(deviceID, query))).events;

    expect(await read({ interval: 'PT15M' })).toBe(0);
    expect(await read({ interval: 'P1M' })).toBe(0);
    for (const timeZone of ['Europe/Berlin', 'Asia/Kathmandu', 'Pacific/Chatham'])
      expect(await read({ interval: 'PT1H', timeZone }), timeZone).toBe(0);
    expect(await read({ interval: 'P1D', timeZone: 'Australia/Lord_Howe' })).toBe(0);
    expect(await read({ since: at(60_000), interval: 'P1D' })).toBe(200);
    expect(await read({ since: at(60_000), until: at(19_000_000), interval: 'P1D' })).toBe(400);
    expect(await read({ interval: 'PT20M' })).toBe(1_600);
  });

  it('leaves values that are no numbers in the database', async () => {
    const deviceID = randomUUID();
    const long = { text: 'x'.repeat(16_000) };
    const values = [...Array.from({ length: 60 }, () => long), 1, '$x', null, true, [1], -0];
    await postAll(
      deviceID,
      values.map((value, nth) => ({ date: at(nth), value })),
      50,
    );

    const { events, bytes } = await watch(() => summarize(deviceID));

    expect(events).toBe(2);
    expect(bytes).toBeLessThan(10_000);
    expect(await summarize(deviceID)).toMatchObject([{ count: 2, sum: 1, lastValue: 0 }]);
  });

  it('of a device that is deleted has nothing of its statistics, nor of those written late', async () => {
    const deviceID = randomUUID();
    const events = Array.from({ length: 450 }, (_, nth) => ({ date: at(nth), value: nth }));
    for (let round = 0; round < 3; round += 1) {
      const event = proxyEvent({ method: 'DELETE', path: `/devices/${deviceID}` });
      const written = postAll(deviceID, events);
      if (round > 0) await written;
      await other({ ...event, pathParameters: { deviceID } });
      await written;
      await other({ ...event, pathParameters: { deviceID } });
      await new Promise((resolve) => setTimeout(resolve, 50));

      expect(await summarize(deviceID)).toEqual([]);
      await hasStatistics(deviceID, 0);
    }
    await postAll(deviceID, events.slice(0, 300));
    expect(await summarize(deviceID)).toEqual(await expectSummary(deviceID, 60));
  });

  it('of more than 2,000,000 events is refused, however few are read', async () => {
    const deviceID = randomUUID();
    // No bucket can have so many; more would take longer to make.
    const days = [0, 1, 2, 3].map((day) => new Date(DAY + day * 86_400_000));
    await database.buckets.insertMany(
      days.map((date) => ({
        deviceID,
        eventType,
        date,
        seq: 0,
        first: date,
        last: date,
        count: 500_001,
        events: [],
        stats: [],
      })),
    );
    const range = { interval: 'P1D', until: at(366 * 86_400_000) };

    const refused = await ask(deviceID, range);
    await database.buckets.deleteOne({ deviceID });

    expect(refused.statusCode).toBe(400);
    expect(JSON.parse(refused.body)).toMatchObject({
      errors: [{ code: 'too-large', parameter: 'until' }],
    });
    expect(await summarize(deviceID, range)).toEqual([]);
  });

  it('is the same from statistics and from events, to the last digit', async () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -1_000, max: 1_000 }).map((cents) => cents / 100),
      fc.constantFrom(
        1.7976931348623157e308,
        -1.7976931348623157e308,
        5e-324,
        0.1,
        -0,
        'no number',
      ),
    );
    // Few instants, so that many events share one; in an order that has late ones.
    const sent = fc.array(fc.record({ second: fc.integer({ min: 0, max: 4_000 }), value }), {
      minLength: 201,
      maxLength: 420,
      size: 'max',
    });
    const minutesOf = fc.constantFrom(1, 7, 15, 20, 60, 90);
    const zone = fc.constantFrom(
      ['UTC', 0] as const,
      ['Asia/Kathmandu', 345] as const,
      // Half an hour less than its daylight saving time, which has ended.
      ['Australia/Lord_Howe', 630] as const,
    );
    await fc.assert(
      fc.asyncProperty(sent, minutesOf, zone, async (events, minutes, [timeZone, offset]) => {
        const deviceID = randomUUID();
        const all = events.map((each, nth) => ({
          date: at(Math.floor(each.second / 4) * 4_000),
          value: each.value,
          id: `i${nth}`,
        }));
        // In parts, since a batch sorts its events.
        await postAll(deviceID, all, 70);
        const wanted = JSON.stringify(await expectSummary(deviceID, minutes, offset));

        const interval = `PT${minutes}M`;
        const withStatistics = await summarize(deviceID, { interval, timeZone });
        await database.buckets.updateMany({ deviceID }, { $unset: { stats: '' } });
        const without = await summarize(deviceID, { interval, timeZone });

        expect(JSON.stringify(withStatistics)).toBe(wanted);
        expect(JSON.stringify(without)).toBe(wanted);
      }),
      { numRuns: 15 },
    );
  });
});
