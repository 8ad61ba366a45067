// Without a message, `ok` of Node 20 takes minutes to look for one in the code that tsx has compiled.
import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import type { EventPage, Instant, Reply } from '../reply.ts';
import type { Ask, Scene } from '../scene.ts';
import type { Stored } from '../stored.ts';
import { fromEvent, toMillis, toStored } from '../stored.ts';
import { TYPE, toInstant, VALUES } from '../values.ts';

/** Stores events and reads them back. Later checks use events that earlier ones stored. */
export const EVENT_CHECKS = {
  'health without a key': async ({ ask }) => {
    const health = await ask('getHealth', undefined as never, 'wrong');
    deepStrictEqual([health.status, health.data?.status], [200, 'ok']);
    const readiness = await ask('getReadiness', undefined as never, 'wrong');
    deepStrictEqual([readiness.status, readiness.data?.status], [200, 'ready']);
  },
  'stores values': async ({ ask, read, deviceID }) => {
    for (const [second, value] of VALUES.entries()) {
      const event = { date: toInstant(second), deviceID, eventType: TYPE, value };
      const { status, data } = await ask('addEvent', event);
      strictEqual(status, 201);
      strictEqual(data?.message, 'Created event');
    }
    const stored = await readAll(read, { deviceID, eventType: TYPE });
    deepStrictEqual(stored, VALUES.map(toStored));
  },
  'stores null, and a missing value as null': async ({ ask, read, deviceID }) => {
    const kind = { deviceID, eventType: 'null' };
    await stores(ask, { ...kind, date: toInstant(0), value: null });
    await stores(ask, { ...kind, date: toInstant(1) });
    deepStrictEqual(await readAll(read, kind), [null, null].map(toStored));
  },
  'keeps null inside a value': async ({ ask, read, deviceID }) => {
    const kind = { deviceID, eventType: 'nested-null' };
    const value = { none: null, all: [null, { none: null }] };
    await stores(ask, { ...kind, date: toInstant(0), value });
    deepStrictEqual(await readAll(read, kind), [value].map(toStored));
  },
  'tells a duplicate from a new event': async ({ ask, deviceID }) => {
    const event = { deviceID, eventType: 'clockless', id: 'boot-17/4', value: 1 };
    const created = await ask('addEvent', event);
    deepStrictEqual([created.status, created.isDuplicate], [201, false]);
    near(created.data?.date, Date.now());
    const duplicate = await ask('addEvent', event);
    deepStrictEqual([duplicate.status, duplicate.isDuplicate], [200, true]);
  },
  'batch, partly rejected': async ({ ask, read, deviceID }) => {
    const event = { deviceID, eventType: 'batch', date: toInstant(0), id: 'boot-17/4' };
    const future = new Date(Date.now() + 50 * 3_600_000).toISOString();
    const { status, data } = await ask('addEvents', [
      { ...event, value: { sensors: [{ id: 1 }] } },
      event,
      { ...event, date: future, id: 'future' },
      { deviceID, eventType: 'clockless', id: 'boot-17/5', value: 'é' },
    ]);
    strictEqual(status, 207);
    const [first, second, third, fourth] = data?.results ?? [];
    const states = data?.results.map((result) => result.status);
    deepStrictEqual(states, ['created', 'duplicate', 'rejected', 'created']);
    strictEqual(first?.problem ?? second?.problem ?? fourth?.problem ?? undefined, undefined);
    strictEqual(third?.problem?.type, '/problems/clock-skew');
    strictEqual(third.problem.errors?.[0]?.code, 'too-far-ahead');
    strictEqual(third.problem.errors[0].pointer, '/date');
    near(third.problem.serverTime, Date.now());
    near(fourth?.date, Date.now());
    const stored = await readAll(read, { deviceID, eventType: 'batch' });
    deepStrictEqual(stored, [{ sensors: [{ id: 1 }] }].map(toStored));
  },
  'reads a range page by page': async ({ ask, deviceID }) => {
    const range = {
      since: toInstant(0),
      until: toInstant(VALUES.length - 1),
      order: 'asc',
    } as const;
    const query = { deviceID, eventType: TYPE, ...range, limit: 4 };
    const { status, data } = await ask('listAllEvents', query);
    strictEqual(status, 200);
    deepStrictEqual(data?.map(fromEvent), VALUES.slice(0, -1).map(toStored));
    strictEqual(data[0]?.deviceID, deviceID);
    strictEqual(data[0].eventType, TYPE);
  },
  'reads a day': async ({ ask, deviceID }) => {
    const query = { deviceID, eventType: TYPE, date: '2026-05-05', limit: 1 };
    const { status, data } = await ask('listEvents', query);
    strictEqual(status, 200);
    deepStrictEqual(data?.events.map(fromEvent), VALUES.map(toStored).slice(-1));
    ok(data.nextCursor, 'no nextCursor');
  },
  // In UTC, with an offset, and of a whole minute, which some languages write without seconds.
  'reads from instants, however the SDK writes them': async ({ ask, deviceID }) => {
    const instants = [
      '2026-05-05T17:00:04.250Z',
      '2026-05-05T19:00:04.25+02:00',
      '2026-05-05T17:00:00Z',
    ];
    const counts: (number | undefined)[] = [];
    for (const since of instants) {
      const { data } = await ask('listEvents', { deviceID, eventType: TYPE, since });
      counts.push(data?.events.length);
    }
    deepStrictEqual(counts, [VALUES.length - 4, VALUES.length - 4, VALUES.length]);
  },
  'reads null': async ({ ask, deviceID }) => {
    const query = { deviceID, eventType: 'null', since: toInstant(0), order: 'asc' as const };
    const { data } = await ask('listEvents', query);
    deepStrictEqual(data?.events.map(fromEvent), [null, null].map(toStored));
  },
  'reports that nothing changed': async ({ ask, deviceID }) => {
    const query = { deviceID, eventType: TYPE, since: toInstant(0), until: toInstant(9) };
    const { etag } = await ask('listEvents', query);
    ok(etag, 'no ETag');
    const { status } = await ask('listEvents', { ...query, ifNoneMatch: etag });
    strictEqual(status, 304);
  },
  'latest of each type': async ({ ask, deviceID }) => {
    const first = await ask('listLatestEvents', { deviceID, limit: 1 });
    strictEqual(first.status, 200);
    deepStrictEqual(first.data?.events.map(toType), ['batch']);
    const cursor = first.data.nextCursor ?? '';
    const second = await ask('listLatestEvents', { deviceID, limit: 1, cursor });
    deepStrictEqual(second.data?.events.map(toType), ['clockless']);
    strictEqual(second.data.events[0]?.id, 'boot-17/5');
    const { data } = await ask('listLatestEvents', { deviceID, eventType: TYPE });
    deepStrictEqual(data?.events.map(fromEvent), VALUES.map(toStored).slice(-1));
    strictEqual(data.nextCursor ?? undefined, undefined);
  },
  summary: async ({ ask, deviceID }) => {
    const kind = { deviceID, eventType: 'counter' };
    for (const [second, value] of [1, 2, 4.5].entries()) {
      await stores(ask, { ...kind, date: toInstant(second), value });
    }
    const range = { since: toInstant(0), until: toInstant(60), interval: 'PT1H' };
    const { status, data } = await ask('summarizeEvents', { ...kind, ...range });
    strictEqual(status, 200);
    strictEqual(data?.timeZone, 'UTC');
    const [{ start, end, ...interval } = { start: '', end: '' }, ...others] = data.intervals;
    const hour = [Date.parse('2026-05-05T17:00:00Z'), Date.parse('2026-05-05T18:00:00Z')];
    deepStrictEqual([start, end].map(toMillis), hour);
    const numbers = {
      count: 3,
      min: 1,
      max: 4.5,
      sum: 7.5,
      mean: 2.5,
      firstValue: 1,
      lastValue: 4.5,
    };
    deepStrictEqual(interval, numbers);
    strictEqual(others.length, 0);
  },
  'summary in a time zone, of a number inside': async ({ ask, deviceID }) => {
    const kind = { deviceID, eventType: 'climate' };
    const values = [{ celsius: 20.1 }, { humidity: 0.4 }, { celsius: 20.2 }, { celsius: 30 }];
    // The last one is of the next day in Berlin, but not in UTC.
    const seconds = [0, 1, 2, 5 * 3_600];
    for (const [index, value] of values.entries()) {
      await stores(ask, { ...kind, date: toInstant(seconds[index] ?? 0), value });
    }
    const range = { since: toInstant(0), until: toInstant(6 * 3_600), interval: 'P1D' };
    const zone = { timeZone: 'Europe/Berlin', pointer: '/celsius' };
    const { status, data } = await ask('summarizeEvents', { ...kind, ...range, ...zone });
    deepStrictEqual([status, data?.timeZone], [200, 'Europe/Berlin']);
    const midnight = Date.parse('2026-05-05T22:00:00Z');
    deepStrictEqual(
      data?.intervals.map(({ start, count, sum }) => [toMillis(start), count, sum]),
      [
        [midnight - 24 * 3_600_000, 2, 40.3],
        [midnight, 1, 30],
      ],
    );
  },
} satisfies Record<string, (scene: Scene) => Promise<void>>;

async function stores(ask: Ask, event: Parameters<Ask>[1]): Promise<void> {
  const { status } = await ask('addEvent', event as never);
  strictEqual(status, 201);
}

async function readAll(
  read: Scene['read'],
  kind: { deviceID: string; eventType: string },
): Promise<Stored[]> {
  const query = { ...kind, since: toInstant(0), order: 'asc' };
  const { data } = (await read('/events', query)) as Reply<EventPage>;
  return (data?.events ?? []).map(fromEvent);
}

const toType = ({ eventType }: { eventType: string }) => eventType;

/** Requires an instant within a minute of `millis`. */
function near(instant: Instant | null | undefined, millis: number): void {
  ok(Math.abs(toMillis(instant) - millis) < 60_000, `${instant} is not now`);
}
