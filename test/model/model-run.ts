import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { components } from '../../generated/openapi.ts';
import { exactSummary } from '../events/exact-summary.ts';
import { API_KEY } from '../harness/local-service.ts';
import type { Sent, Source } from './event-model.ts';
import { createEventModel, isWithin, toEvent, toIdentity } from './event-model.ts';
import type { Backlog, EventSpec, Kill, Operation, Part, Reading } from './operation.ts';
import { VALUES } from './operation.ts';
import type { ServiceProcesses } from './service-processes.ts';

type Schemas = components['schemas'];
type Outcome = Schemas['EventResult']['status'];

const DAYS = ['2026-05-05', '2026-05-06'];
const TYPES = ['a', 'b'];
const WRITERS = [0, 1, 0, 1];
/** In how many requests a writer sends its events to a service that is killed. */
const PARTS = 4;

/** Intervals, by the limit of a reading; some cut quarters of an hour. */
const MINUTES: Record<number, number> = { 17: 7, 100: 15 };
/** Time zones, with their offset in minutes. */
const ZONES = [
  ['UTC', 0],
  ['Asia/Kathmandu', 345],
] as const;
/** What a pointer finds in some of the values; only one is the value itself. */
const MEMBERS: Record<string, (value: unknown) => unknown> = {
  '': (value) => value,
  '/a': (value) => (value as { a?: unknown } | null)?.a,
  '/1/b': (value) => (value as { b?: unknown }[] | null)?.[1]?.b,
  '/$x': (value) => (value as { $x?: unknown } | null)?.$x,
};

type At = number | string;

/** Runs operations against services, on new devices, and compares each reply with the model. */
export const createModelRun = ({ url, restart, takeVictim }: ServiceProcesses) => {
  const model = createEventModel();
  const devices: string[] = [randomUUID(), randomUUID()];
  const sources: Source[] = devices.flatMap((deviceID) =>
    TYPES.map((eventType) => ({ deviceID, eventType })),
  );
  const everSent = new Map<string, Sent>();
  const seen = new Map<string, { etag: string; body: string; version: number }>();

  /** @param at the number of a service, or the address of another one */
  const ask = async (at: At, path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { 'x-api-key': API_KEY, 'content-type': 'application/json', ...init.headers };
    const address = typeof at === 'number' ? url(at) : at;
    const response = await fetch(`${address}${path}`, { ...init, headers });
    expect(response.status, `${init.method ?? 'GET'} ${path}`).toBeLessThan(500);
    return response;
  };
  const read = async <T>(at: number, path: string): Promise<T> => {
    const response = await ask(at, path);
    expect(response.status, path).toBe(200);
    return (await response.json()) as T;
  };

  const sendBatch = async (at: At, sent: Sent[]): Promise<Outcome[]> => {
    const body = `{"events":[${sent.map(toJson).join()}]}`;
    const response = await ask(at, '/events/batch', { method: 'POST', body });
    const { results } = (await response.json()) as Schemas['BatchReport'];
    return results.map(({ status }) => status);
  };
  const sendSingly = async (at: number, sent: Sent[]): Promise<Outcome[]> => {
    const outcomes: Outcome[] = [];
    for (const event of sent) {
      const response = await ask(at, '/events', { method: 'POST', body: toJson(event) });
      const { status } = (await response.json()) as Schemas['EventResult'];
      expect(response.status).toBe(status === 'created' ? 201 : 200);
      outcomes.push(status);
    }
    return outcomes;
  };
  const remember = (sent: Sent[]): void => {
    for (const event of sent)
      everSent.set(`${event.eventType}${toIdentity(toEvent(event))}`, event);
  };
  /** In the order of arrival: a batch stores the events of a day in the order of their instants. */
  const addAll = (sent: Sent[]): Outcome[] => {
    const outcomes = sent.map((): Outcome => 'failed');
    const order = [...sent.keys()].sort((a, b) => (sent[a]?.time ?? 0) - (sent[b]?.time ?? 0));
    const first = new Set<string>();
    // Of an event that is there twice, the first place counts, whatever its instant.
    const places = sent.map((event) => {
      const text = `${event.deviceID}${event.eventType}${toIdentity(toEvent(event))}`;
      const isFirst = !first.has(text);
      first.add(text);
      return isFirst;
    });
    for (const index of order) {
      const event = sent[index];
      if (event && places[index]) outcomes[index] = model.add(event);
    }
    return outcomes.map((outcome, index) => (places[index] ? outcome : 'duplicate'));
  };

  const listAll = async (at: number, { device, type, day, order, limit }: Reading) => {
    const range = day === undefined ? { since: `${DAYS[0]}T00:00:00Z` } : { date: DAYS[day] ?? '' };
    const source = { deviceID: devices[device] ?? '', eventType: TYPES[type] ?? '' };
    const query = { ...source, ...range, order, limit: String(limit) };
    const events: Schemas['Event'][] = [];
    for (let cursor: string | undefined; ; ) {
      const search = new URLSearchParams({ ...query, ...(cursor && { cursor }) });
      const page = await read<Schemas['EventPage']>(at, `/events?${search}`);
      expect(page.events.length).toBeLessThanOrEqual(limit);
      events.push(...page.events);
      cursor = page.nextCursor;
      if (cursor === undefined) return { source, events };
    }
  };
  const expected = (source: Source, day: number | undefined): Schemas['Event'][] =>
    model.list(source).filter(({ date }) => day === undefined || date.startsWith(DAYS[day] ?? ''));
  const expectSame = (found: unknown, wanted: unknown): void =>
    expect(JSON.stringify(found)).toBe(JSON.stringify(wanted));

  /** After operations that ran at once: each event is there once, and the order is as it came. */
  const adopt = async (
    at: number,
    check: (source: Source, found: Schemas['Event'][]) => void,
  ): Promise<void> => {
    for (const [index, source] of sources.entries()) {
      const reading = { device: Math.floor(index / 2), type: index % 2, day: undefined };
      const { events } = await listAll(at, { ...reading, order: 'asc', limit: 1_000 });
      expect(new Set(events.map(toIdentity)).size).toBe(events.length);
      check(source, events);
      model.replace(source, events);
    }
  };
  /** Waits until the database has done what a killed service had sent to it. */
  const settle = async (at: number): Promise<void> => {
    for (let last = ''; ; await sleep(50)) {
      const all: unknown[] = [];
      for (const index of sources.keys()) {
        const reading = { device: Math.floor(index / 2), type: index % 2, day: undefined };
        all.push((await listAll(at, { ...reading, order: 'asc', limit: 1_000 })).events);
      }
      const now = JSON.stringify(all);
      if (now === last) return;
      last = now;
    }
  };
  const race = async (sent: Sent[], at: number): Promise<void> => {
    const absent = new Set(sent.filter((event) => !model.has(event)).map(toFullIdentity));
    const orders = [sent, sent.toReversed(), sent.toReversed(), sent];
    const all = await Promise.all(
      WRITERS.map(async (writer, nth) => {
        const own = orders[nth] ?? [];
        const outcomes = await sendBatch(writer, own);
        return outcomes.map((outcome, index) => [own[index], outcome] as const);
      }),
    );
    const created = all
      .flat()
      .flatMap(([event, outcome]) =>
        event && outcome === 'created' ? [toFullIdentity(event)] : [],
      );
    expect(all.flat().map(([, outcome]) => outcome)).not.toContain('failed');
    expect(created.sort()).toEqual([...absent].sort());
    addAll(sent);
    await adopt(at, (source, found) => {
      expect(found.map(toIdentity).sort()).toEqual(model.list(source).map(toIdentity).sort());
    });
  };
  const eraseBeside = async (sent: Sent[], device: number, at: number): Promise<void> => {
    const deviceID = devices[device] ?? '';
    const own = sent.filter((event) => event.deviceID === deviceID);
    const writing = Promise.all(WRITERS.map((writer) => sendBatch(writer, sent)));
    const erased = await ask(at, `/devices/${deviceID}`, { method: 'DELETE' });
    await writing;
    expect(erased.status).toBe(204);
    model.eraseDevice(deviceID);
    addAll(sent.filter((event) => !own.includes(event)));
    const possible = new Set(own.map(toFullIdentity));
    await adopt(at, (source, found) => {
      if (source.deviceID !== deviceID) return;
      const impossible = found.filter(
        (event) => !possible.has(`${source.deviceID}${source.eventType}${toIdentity(event)}`),
      );
      expect(impossible).toEqual([]);
    });
  };

  const toPart = ({ device, type, from, seconds }: Part) => {
    const source = { deviceID: devices[device] ?? '', eventType: TYPES[type] ?? '' };
    if (from === undefined) return { source, range: undefined, path: toPath(source) };
    const start = Date.parse(DAYS[0] ?? '') + from * 1_000;
    const range = { from: start, to: start + seconds * 1_000 };
    const [since, until] = [range.from, range.to].map((time) => new Date(time).toISOString());
    return { source, range, path: toPath({ ...source, since, until }) };
  };
  const toPath = (query: object): string =>
    `/events?${new URLSearchParams(query as Record<string, string>)}`;
  const erasePart = async (part: Part, at: number): Promise<void> => {
    const { source, range, path } = toPart(part);
    const counted = await ask(at, `${path}&dryRun=true`, { method: 'DELETE' });
    const erased = await ask(at, path, { method: 'DELETE' });
    expect(await counted.json()).toEqual({ count: model.erasePart(source, range) });
    expect(erased.status).toBe(204);
  };
  const erasePartBeside = async (sent: Sent[], part: Part, at: number): Promise<void> => {
    const { source, range, path } = toPart(part);
    const writing = Promise.all(WRITERS.map((writer) => sendBatch(writer, sent)));
    const erased = await ask(at, path, { method: 'DELETE' });
    expect((await writing).flat()).not.toContain('failed');
    expect(erased.status).toBe(204);
    const isErased = (event: Sent): boolean =>
      event.deviceID === source.deviceID &&
      event.eventType === source.eventType &&
      (!range || isWithin(toEvent(event), range));
    model.erasePart(source, range);
    addAll(sent.filter((event) => !isErased(event)));
    // What was sent meanwhile may have come before the deletion or after it.
    const open = new Set(sent.filter(isErased).map(toFullIdentity));
    await adopt(at, (own, found) => {
      const toNames = (events: Schemas['Event'][]): string[] =>
        events
          .map((event) => `${own.deviceID}${own.eventType}${toIdentity(event)}`)
          .filter((name) => !open.has(name))
          .sort();
      expect(toNames(found)).toEqual(toNames(model.list(own)));
    });
  };

  /**
   * Kills a service with writes under way, beside writers at another one. What got no reply may have happened or
   * not: the next look tells.
   */
  const kill = async (sent: Sent[], kill: Kill, at: number): Promise<void> => {
    const victim = await takeVictim();
    const deviceID = sent[0]?.deviceID ?? '';
    const absent = new Set(sent.filter((event) => !model.has(event)).map(toFullIdentity));
    const orders = [sent, sent.toReversed()];
    const replied = createCountdown(kill.afterReplies);
    /** Sends parts until one gets no reply; returns the outcomes of those before. */
    const write = async (own: Sent[]): Promise<Outcome[]> => {
      const outcomes: Outcome[] = [];
      const length = Math.ceil(own.length / PARTS);
      for (let from = 0; from < own.length; from += length) {
        const part = own.slice(from, from + length);
        const told = await sendBatch(victim.url, part).catch(toNoReply);
        if (!told) break;
        outcomes.push(...told);
        replied.count();
      }
      return outcomes;
    };
    const writing = Promise.all(orders.map(write)).finally(replied.end);
    if (kill.isErasing)
      ask(victim.url, `/devices/${deviceID}`, { method: 'DELETE' }).catch(toNoReply);
    await replied.enough;
    const writingBeside = sendBatch(at, sent);
    await sleep(kill.afterMs);
    await victim.kill();
    const replies = [...(await writing), await writingBeside];
    const told = replies.flatMap((outcomes, nth) =>
      outcomes.map((outcome, index) => {
        const event = (orders[nth] ?? sent)[index];
        return { identity: event ? toFullIdentity(event) : '', outcome };
      }),
    );
    expect(told.map(({ outcome }) => outcome)).not.toContain('failed');
    const created = told.flatMap(({ identity, outcome }) =>
      outcome === 'created' ? identity : [],
    );
    if (!kill.isErasing) {
      expect(new Set(created).size).toBe(created.length);
      expect(created.filter((identity) => !absent.has(identity))).toEqual([]);
    }
    await settle(at);
    await adopt(at, (source, found) => {
      const name = `${source.deviceID}${source.eventType}`;
      const there = new Set(found.map((event) => `${name}${toIdentity(event)}`));
      const before = model.list(source).map((event) => `${name}${toIdentity(event)}`);
      const acknowledged = told.flatMap(({ identity }) =>
        identity.startsWith(name) ? identity : [],
      );
      const missing = [...before, ...acknowledged].filter((identity) => !there.has(identity));
      // Where the deletion got no reply, each event may be gone or not.
      if (!kill.isErasing || source.deviceID !== deviceID) expect(missing).toEqual([]);
      const possible = new Set([...before, ...sent.map(toFullIdentity)]);
      expect([...there].filter((identity) => !possible.has(identity))).toEqual([]);
    });
  };

  const toSent = (spec: EventSpec): Sent => ({
    deviceID: devices[spec.device] ?? '',
    eventType: TYPES[spec.type] ?? '',
    time: Date.parse(DAYS[spec.day] ?? '') + spec.second * 1_000,
    value: VALUES[spec.value] ?? '',
    ...(spec.id !== undefined && { id: `id-${spec.id}` }),
  });
  const toBacklog = ({
    device,
    type,
    day,
    length,
    start,
    hasIds,
    isBackwards,
  }: Backlog): Sent[] => {
    const all = Array.from(
      { length },
      (_, nth): Sent => ({
        deviceID: devices[device] ?? '',
        eventType: TYPES[type] ?? '',
        time: Date.parse(DAYS[day] ?? '') + (start + nth) * 5_000,
        value: String(start + nth),
        ...(hasIds && { id: `nth-${start + nth}` }),
      }),
    );
    return isBackwards ? all.reverse() : all;
  };

  const readings = {
    async list(at: number, reading: Reading): Promise<void> {
      const { source, events } = await listAll(at, reading);
      const wanted = expected(source, reading.day);
      expectSame(events, reading.order === 'asc' ? wanted : wanted.toReversed());
    },
    async export(at: number, { device, type }: Reading): Promise<void> {
      const source = { deviceID: devices[device] ?? '', eventType: TYPES[type] ?? '' };
      const lines: unknown[] = [];
      for (let cursor: string | undefined; ; ) {
        const query = { ...source, since: `${DAYS[0]}T00:00:00Z`, ...(cursor && { cursor }) };
        const response = await ask(at, `/events/export?${new URLSearchParams(query)}`);
        const text = (await response.text()).trimEnd().split('\n');
        const end = JSON.parse(text.pop() ?? '');
        lines.push(...text.map((line) => JSON.parse(line)));
        cursor = end.nextCursor;
        if (end.complete) break;
      }
      expectSame(lines, expected(source, undefined));
    },
    async latest(at: number, { device }: Reading): Promise<void> {
      const deviceID = devices[device] ?? '';
      const events: unknown[] = [];
      for (let cursor: string | undefined; ; ) {
        const search = new URLSearchParams({ deviceID, limit: '1', ...(cursor && { cursor }) });
        const page = await read<Schemas['EventPage']>(at, `/events/latest?${search}`);
        events.push(...page.events);
        cursor = page.nextCursor;
        if (cursor === undefined) break;
      }
      const wanted = model
        .types(deviceID)
        .map((eventType) => model.list({ deviceID, eventType }).at(-1));
      expectSame(events, wanted);
    },
    async summary(at: number, { device, type, limit }: Reading): Promise<void> {
      const source = { deviceID: devices[device] ?? '', eventType: TYPES[type] ?? '' };
      const range = { since: `${DAYS[0]}T00:00:00Z`, until: '2026-05-07T00:00:00Z' };
      const minutes = MINUTES[limit] ?? 1_440;
      const all = expected(source, undefined);
      for (const [timeZone, offset] of ZONES) {
        for (const [pointer, find] of Object.entries(MEMBERS)) {
          const query = { ...source, ...range, interval: `PT${minutes}M`, timeZone, pointer };
          const path = `/events/summary?${new URLSearchParams(query)}`;
          const { intervals } = await read<Schemas['EventSummary']>(at, path);
          const members = all.map(({ date, value }) => ({ date, value: find(value) }));
          expectSame(intervals, exactSummary(members, minutes, offset));
        }
      }
    },
    async conditional(at: number, { device, type, order, limit }: Reading): Promise<void> {
      const source = { deviceID: devices[device] ?? '', eventType: TYPES[type] ?? '' };
      const query = { ...source, since: `${DAYS[0]}T00:00:00Z`, order, limit: String(limit) };
      const path = `/events?${new URLSearchParams(query)}`;
      const known = seen.get(path);
      const conditional = await ask(at, path, {
        headers: { 'if-none-match': known?.etag ?? '"none"' },
      });
      const whole = await ask(at, path);
      const body = await whole.text();
      if (conditional.status === 304) expect(body).toBe(known?.body);
      else if (known) expect(known.version).not.toBe(model.version(source));
      seen.set(path, {
        etag: whole.headers.get('etag') ?? '',
        body,
        version: model.version(source),
      });
    },
  };

  return {
    async run(operation: Operation): Promise<void> {
      const { at, kind } = operation;
      if ('events' in operation || 'backlog' in operation) {
        const sent =
          'events' in operation ? operation.events.map(toSent) : toBacklog(operation.backlog);
        remember(sent);
        if (kind === 'race' || kind === 'backlogRace') return await race(sent, at);
        if ('part' in operation) return await erasePartBeside(sent, operation.part, at);
        if (kind === 'eraseBeside' || kind === 'eraseBesideBacklog') {
          return await eraseBeside(sent, devices.indexOf(sent[0]?.deviceID ?? ''), at);
        }
        if ('afterReplies' in operation) return await kill(sent, operation, at);
        if (kind === 'single') {
          return expectSame(
            await sendSingly(at, sent),
            sent.map((event) => model.add(event)),
          );
        }
        return expectSame(await sendBatch(at, sent), addAll(sent));
      }
      if (operation.kind === 'replay') {
        const all = [...everSent.values()];
        const from = Math.floor((all.length * operation.part) / 100);
        const again = all.slice(from, from + 300);
        if (again.length > 0) expectSame(await sendBatch(at, again), addAll(again));
      } else if (operation.kind === 'erase') {
        const deviceID = devices[operation.device] ?? '';
        expect((await ask(at, `/devices/${deviceID}`, { method: 'DELETE' })).status).toBe(204);
        model.eraseDevice(deviceID);
      } else if (operation.kind === 'erasePart') await erasePart(operation.part, at);
      else if (operation.kind === 'restart') await restart(at);
      else await readings[operation.kind](at, operation.reading);
    },
    /** Reads everything, by each service. */
    async checkAll(): Promise<void> {
      for (const at of [0, 1]) {
        for (const device of devices.keys()) {
          for (const type of TYPES.keys()) {
            const reading = { device, type, day: undefined, limit: 1_000 };
            await readings.list(at, { ...reading, order: 'desc' });
            await readings.list(at, { ...reading, order: 'asc' });
            for (const limit of [17, 100, 1_000]) {
              await readings.summary(at, { ...reading, order: 'asc', limit });
            }
          }
          await readings.latest(at, { device, type: 0, day: undefined, order: 'asc', limit: 1 });
        }
      }
    },
  };
};

/** What fetch throws where a connection breaks. */
function toNoReply(error: unknown): undefined {
  if (!(error instanceof TypeError)) throw error;
}

/** Resolves `enough` after so many counts, or at the end. */
function createCountdown(wanted: number) {
  let left = wanted;
  let end = (): void => undefined;
  const enough = new Promise<void>((resolve) => {
    end = resolve;
  });
  const count = (): void => {
    left -= 1;
    if (left <= 0) end();
  };
  if (wanted === 0) end();
  return { count, end, enough };
}

const toFullIdentity = (event: Sent): string =>
  `${event.deviceID}${event.eventType}${toIdentity(toEvent(event))}`;

const toJson = ({ deviceID, eventType, time, value, id }: Sent): string => {
  const fields = { deviceID, eventType, date: new Date(time).toISOString(), ...(id && { id }) };
  return `${JSON.stringify(fields).slice(0, -1)},"value":${value}}`;
};
