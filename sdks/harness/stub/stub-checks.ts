import { deepStrictEqual, match, ok, strictEqual } from 'node:assert';
import { contract } from '../../../openapi/contract.ts';
import type { Problem } from '../reply.ts';
import type { StubScene } from '../scene.ts';
import { fromStream } from '../stored.ts';
import { FIFTEEN_DIGITS, TYPE, toInstant } from '../values.ts';
import { GROWTH_CHECKS } from './growth-checks.ts';
import { toEvent, toProblem } from './replies.ts';

/**
 * The checks of an SDK against the stub, whose every reply has an unknown header, and an unknown property in each
 * object. A check may return what it saw, for the report.
 */
export const STUB_CHECKS = {
  ...GROWTH_CHECKS,
  'created and duplicate': async ({ ask, stub, deviceID }) => {
    const created = { status: 'created', message: 'Created event' };
    const duplicate = { status: 'duplicate', message: 'Event already stored' };
    stub.willAnswer({ status: 201, body: created }, { status: 200, body: duplicate });
    const first = await ask('addEvent', toEvent(deviceID, 1));
    deepStrictEqual([first.status, first.isDuplicate], [201, false]);
    const second = await ask('addEvent', toEvent(deviceID, 1));
    deepStrictEqual([second.status, second.isDuplicate], [200, true]);
  },
  'sends 15 digits': async ({ ask, stub, deviceID }) => {
    const values = [...FIFTEEN_DIGITS, FIFTEEN_DIGITS, { nested: FIFTEEN_DIGITS }];
    for (const value of values) {
      stub.willAnswer({ status: 201, body: { status: 'created' } });
      await ask('addEvent', toEvent(deviceID, value));
      deepStrictEqual(JSON.parse(stub.requests[0]?.body ?? '').value, value);
    }
  },
  'receives 15 digits': async ({ ask, stub, deviceID }) => {
    const values = [...FIFTEEN_DIGITS, FIFTEEN_DIGITS, { nested: FIFTEEN_DIGITS }];
    const events = values.map((value) => toEvent(deviceID, value));
    const [count = 0, min = 0, mean = 0, max = 0] = FIFTEEN_DIGITS;
    const numbers = { count, min, max, sum: count, mean, firstValue: min, lastValue: max };
    const intervals = [{ start: toInstant(0), end: toInstant(60), ...numbers }];
    stub.willAnswer(
      { status: 200, body: { events } },
      { status: 200, body: { timeZone: 'UTC', intervals } },
    );
    const query = { deviceID, eventType: TYPE, since: toInstant(0), until: toInstant(60) };
    const { data } = await ask('listEvents', query);
    deepStrictEqual(
      data?.events.map(({ value }) => value),
      values,
    );
    const summary = await ask('summarizeEvents', { ...query, interval: 'PT1M' });
    const interval = { ...summary.data?.intervals[0] };
    deepStrictEqual({ ...interval, ...numbers }, interval);
  },
  'three pages by nextCursor': async ({ ask, stub, deviceID }) => {
    const pages = [{ nextCursor: 'page-2_' }, { nextCursor: '3' }, {}].map((rest, value) => ({
      status: 200,
      body: { events: [toEvent(deviceID, value)], ...rest },
    }));
    stub.willAnswer(...pages);
    const query = { deviceID, eventType: TYPE, since: toInstant(0), limit: 1 };
    const { data } = await ask('listAllEvents', query);
    deepStrictEqual(
      data?.map(({ value }) => value),
      [0, 1, 2],
    );
    const cursors = stub.requests.map((request) =>
      new URLSearchParams(request.query).get('cursor'),
    );
    deepStrictEqual(cursors, [null, 'page-2_', '3']);
  },
  'server-sent events': async ({ ask, stub, deviceID }) => {
    const eventType = ['temp_celsius', TYPE];
    const messages = [21.4, { five: true }].map(
      (value, index) => `id: place-${index}\ndata: ${JSON.stringify(toEvent(deviceID, value))}\n\n`,
    );
    const body = `retry: 2000\nid: place\n\n: heartbeat\n\n${messages.join('')}`;
    stub.willAnswer({ status: 200, type: 'text/event-stream', body });
    const query = { deviceID, eventType, lastEventID: 'place', count: 2 };
    const { status, data } = await ask('streamEvents', query);
    const [request] = stub.requests;
    deepStrictEqual(new URLSearchParams(request?.query).getAll('eventType'), eventType);
    strictEqual(request?.headers['last-event-id'], 'place');
    strictEqual(status, 200);
    deepStrictEqual(
      fromStream(data).map(({ value }) => value),
      [21.4, { five: true }],
    );
  },
  'instants in a query': async ({ ask, stub, deviceID }) => {
    const query = { since: '2026-05-05T17:00:00.25Z', until: '2026-05-05T20:00:00+02:00' };
    stub.willAnswer({ status: 200, body: { events: [] } });
    await ask('listEvents', { deviceID, eventType: TYPE, ...query });
    return Object.entries(query)
      .map(([name, wanted]) => {
        const sent = findParameter(stub.requests[0]?.query, name);
        isInstant(sent, wanted);
        return sent;
      })
      .join(' and ');
  },
  'a day in a query': async ({ ask, stub, deviceID }) => {
    stub.willAnswer({ status: 200, body: { events: [] } });
    await ask('listEvents', { deviceID, eventType: TYPE, date: '2026-05-05' });
    const sent = findParameter(stub.requests[0]?.query, 'date');
    match(sent, /^2026-05-05/);
    match(sent, new RegExp(toPattern('Day')));
    return sent;
  },
  'each type of problem': async ({ ask, stub, deviceID }) => {
    for (const [name, { status }] of Object.entries(contract['x-problem-types'])) {
      if (isUndocumented(status)) continue;
      await reports({ ask, stub, deviceID }, toProblem(`/problems/${name}`, status));
    }
  },
  'each error code': async ({ ask, stub, deviceID }) => {
    const errors = errorCodes.map((code) => ({ code, pointer: '/date', detail: 'is wrong' }));
    const problem = { ...toProblem('/problems/invalid-request', 400), errors };
    await reports({ ask, stub, deviceID }, problem);
  },
  'problems of other statuses': async ({ ask, stub, deviceID }) => {
    for (const status of [404, 405, 409, 418, 505]) {
      await reports(
        { ask, stub, deviceID },
        toProblem('/problems/added-later', status, 'added-later'),
      );
    }
  },
} satisfies Record<string, (scene: StubScene) => Promise<unknown>>;

/** Statuses that `addEvent` covers by `default` alone. */
const isUndocumented = (status: number) =>
  !(status in (contract.paths['/events']?.post?.responses ?? {}));

type Schema = { pattern?: string; properties?: Record<string, { 'x-extensible-enum'?: string[] }> };

const schemas = contract.components?.schemas as Record<string, Schema>;
const errorCodes = schemas.InvalidField?.properties?.code?.['x-extensible-enum'] ?? [];
const toPattern = (name: string): string => schemas[name]?.pattern ?? '';

/** Requires that the SDK reports the problem's type, and the code and place of each error. */
async function reports({ ask, stub, deviceID }: StubScene, wanted: Problem): Promise<void> {
  stub.willAnswer({ status: wanted.status, body: wanted });
  const { status, problem } = await ask('addEvent', toEvent(deviceID, 1));
  strictEqual(status, wanted.status);
  ok(problem, `no problem for ${status} ${wanted.type}`);
  deepStrictEqual(
    { type: problem.type, errors: problem.errors?.map(toPlace) },
    { type: wanted.type, errors: wanted.errors?.map(toPlace) },
  );
}

const toPlace = ({ code, pointer, parameter }: NonNullable<Problem['errors']>[number]) => [
  code,
  pointer ?? null,
  parameter ?? null,
];

/** A parameter as it was sent, but for `%`-encoding; a `+` stays one. */
function findParameter(query = '', name: string): string {
  const [, value = ''] = new RegExp(`(?:^|&)${name}=([^&]*)`).exec(query) ?? [];
  return decodeURIComponent(value);
}

/** Requires one of the spellings that the contract allows, of the instant that was wanted. */
function isInstant(sent: string, wanted: string): void {
  match(sent, new RegExp(toPattern('Instant')));
  const usual = sent.replace(/^(.{10}) /, '$1T').replace(/ (..:?..)$/, '+$1');
  strictEqual(Date.parse(usual.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')), Date.parse(wanted));
}
