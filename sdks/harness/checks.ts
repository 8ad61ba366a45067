import { deepStrictEqual, match, ok, strictEqual } from 'node:assert';
import type { Instant, Problem, Reply } from './driver.ts';
import type { Scene } from './scene.ts';
import { START, TYPE, toInstant, VALUES } from './values.ts';

/** The checks of an SDK, in this order: later checks use events that earlier ones stored. */
export const CHECKS = {
  'health without a key': async ({ ask }) => {
    const { status, data } = await ask('getHealth', undefined as never, 'wrong');
    strictEqual(status, 200);
    strictEqual(data?.status, 'ok');
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
    const kind = { deviceID, eventType: 'nested null' };
    const value = { none: null, all: [null, { none: null }] };
    await stores(ask, { ...kind, date: toInstant(0), value });
    deepStrictEqual(await readAll(read, kind), [value].map(toStored));
  },
  'reports a duplicate': async ({ ask, deviceID }) => {
    const event = { date: toInstant(0), deviceID, eventType: TYPE, value: VALUES[0] };
    const { status, data } = await ask('addEvent', event);
    strictEqual(status, 200);
    strictEqual(data?.message, 'Event already stored');
  },
  'batch, partly rejected': async ({ ask, read, deviceID }) => {
    const event = { deviceID, eventType: 'batch', date: toInstant(0), id: 'boot-17/4' };
    const future = new Date(Date.now() + 50 * 3_600_000).toISOString();
    const { status, data } = await ask('addEvents', [
      { ...event, value: { sensors: [{ id: 1 }] } },
      event,
      { ...event, date: future, id: 'future' },
      { deviceID, eventType: 'clockless', value: 'é' },
    ]);
    strictEqual(status, 207);
    const [first, second, third, fourth] = data ?? [];
    const states = data?.map((result) => result.status);
    deepStrictEqual(states, ['created', 'duplicate', 'rejected', 'created']);
    strictEqual(first?.problem ?? second?.problem ?? fourth?.problem ?? undefined, undefined);
    strictEqual(third?.problem?.type, '/problems/clock-skew');
    strictEqual(third.problem.errors?.[0]?.pointer, '/date');
    near(third.problem.serverTime, Date.now());
    near(fourth?.date, Date.now());
    const stored = await readAll(read, { deviceID, eventType: 'batch' });
    deepStrictEqual(stored, [{ sensors: [{ id: 1 }] }].map(toStored));
  },
  'reads a range page by page': async ({ ask, deviceID }) => {
    const range = { from: toInstant(0), to: toInstant(VALUES.length - 1), order: 'asc' as const };
    const events: unknown[] = [];
    let pages = 0;
    let cursor: string | undefined;
    do {
      const query = { deviceID, eventType: TYPE, ...range, limit: 4, ...(cursor && { cursor }) };
      const { status, data, link }: Page = await ask('getEvents', query);
      strictEqual(status, 200);
      events.push(...(data ?? []).map(normal));
      cursor = /[?&]cursor=([\w-]+).*rel="next"/.exec(link ?? '')?.[1];
      pages += 1;
    } while (cursor && pages < 10);
    strictEqual(pages, 4);
    deepStrictEqual(events, VALUES.slice(0, -1).map(toStored));
  },
  'reads a day': async ({ ask, deviceID }) => {
    const query = { deviceID, eventType: TYPE, date: '2026-05-05', limit: 1 };
    const { status, data } = await ask('getEvents', query);
    strictEqual(status, 200);
    deepStrictEqual(data?.map(normal), VALUES.map(toStored).slice(-1));
  },
  'reads null': async ({ ask, deviceID }) => {
    const query = { deviceID, eventType: 'null', from: toInstant(0), order: 'asc' as const };
    const { data } = await ask('getEvents', query);
    deepStrictEqual(data?.map(normal), [null, null].map(toStored));
  },
  'reports that nothing changed': async ({ ask, deviceID }) => {
    const query = { deviceID, eventType: TYPE, from: toInstant(0), to: toInstant(9) };
    const { etag } = await ask('getEvents', query);
    ok(etag);
    const { status } = await ask('getEvents', { ...query, ifNoneMatch: etag });
    strictEqual(status, 304);
  },
  'latest of each type': async ({ ask, deviceID }) => {
    const { status, data } = await ask('getLatestEvents', { deviceID });
    strictEqual(status, 200);
    const latest = data?.find((event) => event?.eventType === TYPE);
    deepStrictEqual(latest && normal(latest), VALUES.map(toStored).at(-1));
  },
  summary: async ({ ask, deviceID }) => {
    const kind = { deviceID, eventType: 'counter' };
    for (const [second, value] of [1, 2, 4.5].entries()) {
      await stores(ask, { ...kind, date: toInstant(second), value });
    }
    const range = { from: toInstant(0), to: toInstant(60), interval: 'PT1H' };
    const { status, data } = await ask('getEventSummary', { ...kind, ...range });
    strictEqual(status, 200);
    const [{ from, ...summary } = { from: '' }, ...others] = data ?? [];
    strictEqual(toMillis(from), Date.parse('2026-05-05T17:00:00Z'));
    deepStrictEqual(summary, { count: 3, min: 1, max: 4.5, mean: 2.5, first: 1, last: 4.5 });
    strictEqual(others.length, 0);
  },
  'decodes a 400 and its errors': async ({ ask, read, deviceID }) => {
    const query = { deviceID, eventType: TYPE, date: '2026-05-05', from: toInstant(0) };
    const { status, problem } = await ask('getEvents', query);
    const { problem: real } = await read('/events', query);
    strictEqual(status, 400);
    ok(real?.errors?.length);
    isSameProblem(problem, real);
  },
  'decodes a 403': async ({ ask, deviceID }) => {
    const event = { date: toInstant(0), deviceID, eventType: TYPE };
    const { status, problem } = await ask('addEvent', event, 'wrong');
    strictEqual(status, 403);
    isSameProblem(problem, {
      type: '/problems/forbidden',
      title: 'Forbidden',
      status: 403,
      requestId: '',
      detail: 'The x-api-key header is missing or not valid',
    });
  },
  deletes: async ({ ask, read, deviceID }) => {
    const { status } = await ask('deleteDeviceEvents', { deviceID });
    strictEqual(status, 204);
    deepStrictEqual((await read('/events/latest', { deviceID })).data, []);
  },
} satisfies Record<string, (scene: Scene) => Promise<void>>;

export type CheckName = keyof typeof CHECKS;

type Stored = { date: number; value: unknown };
type Page = Reply<{ date: Instant; value: unknown }[]>;

async function stores(ask: Scene['ask'], event: Parameters<Scene['ask']>[1]): Promise<void> {
  const { status } = await ask('addEvent', event as never);
  strictEqual(status, 201);
}

async function readAll(
  read: Scene['read'],
  kind: { deviceID: string; eventType: string },
): Promise<Stored[]> {
  const query = { ...kind, from: toInstant(0), order: 'asc' };
  const { data } = (await read('/events', query)) as Page;
  return (data ?? []).map(normal);
}

const toStored = (value: unknown, second: number): Stored => ({
  date: START + second * 1_000,
  value,
});

const normal = (event: { date: Instant; value: unknown } | null): Stored => ({
  date: toMillis(event?.date),
  value: event?.value,
});

function toMillis(instant: Instant | null | undefined): number {
  return Date.parse(String(instant));
}

/** Requires an instant within a minute of `millis`. */
function near(instant: Instant | null | undefined, millis: number): void {
  ok(Math.abs(toMillis(instant) - millis) < 60_000, `${instant} is not now`);
}

/** Compares problems. Absent, null and empty lists count as equal, since some languages do not distinguish them. */
function isSameProblem(problem: Problem | undefined, wanted: Problem): void {
  match(problem?.requestId ?? '', /^[0-9a-f-]{36}$/);
  const present = JSON.parse(JSON.stringify({ ...problem, requestId: '-' }), (_, part) =>
    part === null || part?.length === 0 ? undefined : part,
  );
  deepStrictEqual(present, { ...wanted, requestId: '-' });
}
