import { deepStrictEqual, strictEqual } from 'node:assert';
import { isSame } from '../checks/is-same.ts';
import type { EventWarning } from '../reply.ts';
import type { StubScene } from '../scene.ts';
import { fromEvent, toMillis, toStored } from '../stored.ts';
import { START, TYPE, toInstant } from '../values.ts';
import { toEvent, toProblem } from './replies.ts';
import type { StubReply } from './stub.ts';

/** Replies with properties and values that a later version may add. */
export const GROWTH_CHECKS = {
  'added properties: health': async ({ ask, stub }) => {
    stub.willAnswer(
      { status: 200, body: { status: 'ok' } },
      { status: 200, body: { status: 'ready' } },
    );
    strictEqual((await ask('getHealth', undefined as never)).data?.status, 'ok');
    strictEqual((await ask('getReadiness', undefined as never)).data?.status, 'ready');
  },
  'added properties: results of a batch': async ({ ask, stub, deviceID }) => {
    const rejected = { status: 'rejected', problem: toProblem('/problems/clock-skew', 400) };
    const warnings = [{ code: 'pattern', pointer: '/value', detail: 'must be a number' }];
    const results = [{ status: 'created', date: toInstant(0), warnings }, rejected];
    stub.willAnswer({ status: 207, body: { results } });
    const { data } = await ask('addEvents', [toEvent(deviceID, 1), toEvent(deviceID, 2)]);
    deepStrictEqual(
      data?.results.map(({ status }) => status),
      ['created', 'rejected'],
    );
    strictEqual(toMillis(data.results[0]?.date), START);
    isSame(data.results[0]?.warnings?.map(withoutAdded), warnings);
    strictEqual(data.results[1]?.problem?.type, '/problems/clock-skew');
    strictEqual(data.results[1].problem.errors?.[0]?.code, 'format');
    const sent = JSON.parse(stub.requests[0]?.body ?? '');
    deepStrictEqual(
      sent.events.map(fromEvent),
      [1, 2].map((value) => toStored(value, 0)),
    );
  },
  'added properties: events': async ({ ask, stub, deviceID }) => {
    const events = [{ ...toEvent(deviceID, { celsius: 21.4 }), id: 'boot-17/4' }];
    const page: StubReply = { status: 200, body: { events, nextCursor: 'abc' } };
    stub.willAnswer(page, page);
    const wanted = [toStored({ celsius: 21.4 }, 0)];
    const list = await ask('listEvents', { deviceID, eventType: TYPE, since: toInstant(0) });
    deepStrictEqual(list.data?.events.map(fromEvent), wanted);
    const latest = await ask('listLatestEvents', { deviceID });
    deepStrictEqual(latest.data?.events.map(fromEvent), wanted);
    strictEqual(latest.data.events[0]?.id, 'boot-17/4');
    strictEqual(latest.data.nextCursor, 'abc');
  },
  'added properties: summary': async ({ ask, stub, deviceID }) => {
    const range = { start: toInstant(0), end: toInstant(60) };
    const numbers = { count: 2, min: 3, max: 4, sum: 7, mean: 3.5, firstValue: 3, lastValue: 4 };
    const body = { timeZone: 'UTC', intervals: [{ ...range, ...numbers }] };
    stub.willAnswer({ status: 200, body });
    const query = { deviceID, eventType: TYPE, since: toInstant(0), until: toInstant(60) };
    const { data } = await ask('summarizeEvents', { ...query, interval: 'PT1M' });
    strictEqual(data?.intervals[0]?.sum, 7);
    strictEqual(toMillis(data.intervals[0].end), START + 60_000);
  },
  'added properties: devices': async ({ ask, stub, deviceID }) => {
    const device = {
      deviceID,
      eventTypeCount: 2,
      firstDay: '2026-05-01',
      lastDay: '2026-05-05',
      lastEventAt: toInstant(0),
      lastReceivedAt: toInstant(1),
      latest: toEvent(deviceID, { celsius: 21.4 }),
    };
    stub.willAnswer(
      { status: 200, body: { devices: [device], nextCursor: 'abc' } },
      { status: 200, body: device },
    );
    const { data } = await ask('listDevices', { eventType: TYPE, include: 'latest' });
    strictEqual(data?.nextCursor, 'abc');
    deepStrictEqual(fromEvent(data.devices[0]?.latest), toStored({ celsius: 21.4 }, 0));
    const one = await ask('getDevice', { deviceID });
    deepStrictEqual(
      [one.data?.eventTypeCount, toMillis(one.data?.lastReceivedAt)],
      [2, START + 1_000],
    );
  },
  'added properties: event types': async ({ ask, stub, deviceID }) => {
    const own = {
      eventType: TYPE,
      firstEventAt: toInstant(0),
      lastEventAt: toInstant(1),
      lastReceivedAt: toInstant(2),
    };
    const described = {
      eventType: TYPE,
      title: 'Temperature',
      description: 'The temperature at the device.',
      schema: { type: 'object', properties: { celsius: { type: 'number', 'x-unit': 'Cel' } } },
      numbers: [{ pointer: '/celsius', title: 'Temperature', unit: 'Cel' }],
      exampleValues: [{ celsius: 21.5 }],
      deprecated: true,
      deprecation: { since: '2026-05-01', sunset: '2028-05-01', link: 'https://example.com/new' },
    };
    stub.willAnswer(
      { status: 200, body: { eventTypes: [own], nextCursor: 'abc' } },
      { status: 200, body: { version: '1.2.0', eventTypes: [described] } },
    );
    const types = await ask('listDeviceEventTypes', { deviceID });
    strictEqual(types.data?.nextCursor, 'abc');
    strictEqual(toMillis(types.data.eventTypes[0]?.lastEventAt), START + 1_000);
    const registry = await ask('listEventTypes', {});
    strictEqual(registry.data?.version, '1.2.0');
    const [type] = registry.data.eventTypes;
    deepStrictEqual([type?.eventType, type?.title, type?.deprecated], [TYPE, 'Temperature', true]);
    deepStrictEqual([type?.numbers[0]?.pointer, type?.numbers[0]?.unit], ['/celsius', 'Cel']);
    strictEqual(type?.deprecation?.link, 'https://example.com/new');
  },
  'added properties: count': async ({ ask, stub, deviceID }) => {
    stub.willAnswer({ status: 200, body: { count: 9007199254740991 } });
    const { data } = await ask('deleteEvents', { deviceID, eventType: TYPE, dryRun: true });
    strictEqual(data?.count, 9007199254740991);
    strictEqual(new URLSearchParams(stub.requests[0]?.query).get('dryRun'), 'true');
  },
  'values added later to open lists': async ({ ask, stub, deviceID }) => {
    const result = { status: 'queued', message: 'Will be stored' };
    stub.willAnswer({ status: 200, body: { status: 'degraded' } }, { status: 201, body: result });
    strictEqual((await ask('getHealth', undefined as never)).data?.status, 'degraded');
    const { data } = await ask('addEvent', toEvent(deviceID, 1));
    strictEqual(data?.status, 'queued');
  },
} satisfies Record<string, (scene: StubScene) => Promise<unknown>>;

const withoutAdded = ({ code, pointer, detail }: EventWarning) => ({ code, pointer, detail });
