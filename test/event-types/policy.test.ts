import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { responseValidators } from '../../generated/response-validators.js';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import type { EventTypePolicy } from '../../src/names/event-type-policy.ts';
import { useDatabase } from '../harness/database.ts';
import { API_KEY, useLocalService } from '../harness/local-service.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

const database = useDatabase();
const WARNING = { code: 'type', pointer: '/value', detail: 'must be number' };

const toEvent = (eventType: string, value?: unknown) => ({
  deviceID: randomUUID(),
  eventType,
  date: '2026-05-05T17:19:35.000Z',
  ...(value !== undefined && { value }),
});

function create(eventTypes?: EventTypePolicy) {
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const handler = createApiHandler(database.client, { log, ...(eventTypes && { eventTypes }) });
  const send = async (path: string, body: unknown) => {
    lines.length = 0;
    const headers = { 'content-type': 'application/json' };
    const request = { method: 'POST', path, headers, body: JSON.stringify(body) };
    const reply = await handler(proxyEvent(request));
    const answer = JSON.parse(reply.body);
    const operation = path === '/events' ? 'addEvent' : 'addEvents';
    const validate = responseValidators[operation]?.[reply.statusCode];
    if (reply.statusCode < 300) expect(validate?.(answer)).toBe(true);
    return { status: reply.statusCode, answer };
  };
  return {
    add: (event: object) => send('/events', event),
    addAll: async (events: object[]) =>
      (await send('/events/batch', { events })).answer.results as { status: string }[],
    mismatches: () =>
      lines.map((line) => JSON.parse(line)).filter((line) => line.EventType !== undefined),
    read: async ({ deviceID, eventType }: { deviceID: string; eventType: string }) => {
      const query = { deviceID, eventType, date: '2026-05-05' };
      const { body } = await handler(proxyEvent({ query }));
      return JSON.parse(body).events;
    },
  };
}

describe('an event whose value does not match its type', () => {
  it('is stored with a warning, and counted once, where mismatches are observed', async () => {
    const { add, mismatches, read } = create();
    const event = toEvent('temp_celsius', 'high');

    expect(await add(event)).toEqual({
      status: 201,
      answer: { status: 'created', message: 'Created event', warnings: [WARNING] },
    });
    const [line, ...others] = mismatches();
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      level: 'warn',
      keyId: 'k1',
      EventType: 'temp_celsius',
      Mismatches: 1,
      codes: { type: 1 },
      _aws: {
        CloudWatchMetrics: [
          {
            Dimensions: [['Service', 'EventType']],
            Metrics: [{ Name: 'Mismatches', Unit: 'Count' }],
          },
        ],
      },
    });
    expect(JSON.stringify(line)).not.toContain('high');
    expect(await read(event)).toEqual([event]);

    expect(await add(event)).toMatchObject({
      status: 200,
      answer: { status: 'duplicate', warnings: [WARNING] },
    });
    expect(mismatches()).toEqual([]);
  });

  it('is refused where mismatches of its type are, in a batch alone', async () => {
    const { add, addAll, mismatches, read } = create({ types: { temp_celsius: 'refuse' } });
    const bad = toEvent('temp_celsius', -300);
    const errors = [{ code: 'too-small', pointer: '/value', detail: 'must be >= -273.15' }];

    expect(await add(bad)).toMatchObject({ status: 400, answer: { errors } });
    const results = await addAll([
      toEvent('temp_celsius', 3),
      bad,
      toEvent('temp_celsius'),
      toEvent('battery_percent', 101),
    ]);
    expect(results).toEqual([
      { status: 'created' },
      {
        status: 'rejected',
        problem: expect.objectContaining({ status: 400, requestId: expect.any(String), errors }),
      },
      { status: 'rejected', problem: expect.objectContaining({ errors: [WARNING] }) },
      {
        status: 'created',
        warnings: [{ code: 'too-large', pointer: '/value', detail: 'must be <= 100' }],
      },
    ]);
    expect(mismatches()).toMatchObject([{ EventType: 'battery_percent', Mismatches: 1 }]);
    expect(await read(bad)).toEqual([]);
  });

  it('is observed where all types but its own refuse', async () => {
    const { add } = create({ mismatches: 'refuse', types: { door_opened: 'observe' } });

    expect(await add(toEvent('door_opened', 1))).toMatchObject({ status: 201 });
    expect(await add(toEvent('climate', 1))).toMatchObject({ status: 400 });
  });

  it('is told where in the value it fails, without a name of megabytes', async () => {
    const { add } = create();
    const warningsOf = async (value: unknown) =>
      (await add(toEvent('climate', value))).answer.warnings;

    expect(await warningsOf({ celsius: 21.4, humidity: 0.43, 'air.x': [] })).toBeUndefined();
    expect(await warningsOf({ humidity: 0.43 })).toEqual([
      { code: 'required', pointer: '/value/celsius', detail: 'is required' },
    ]);
    expect(await warningsOf({ celsius: 21.4, humidity: 43 })).toEqual([
      { code: 'too-large', pointer: '/value/humidity', detail: 'must be <= 1' },
    ]);
  });

  it('counts each type of a batch in one line', async () => {
    const { addAll, mismatches } = create();

    await addAll([
      ...['a', 'b', null].map((value) => toEvent('temp_celsius', value)),
      toEvent('meter_pulses', 0.5),
      toEvent('meter_pulses', -1),
    ]);

    expect(mismatches()).toMatchObject([
      { EventType: 'temp_celsius', Mismatches: 3, codes: { type: 3 } },
      { EventType: 'meter_pulses', Mismatches: 2, codes: { type: 1, 'too-small': 1 } },
    ]);
  });
});

describe('an event of a type that is not described', () => {
  // Names that JavaScript gives to every object.
  const NAMES = ['moisture', 'constructor', 'toString', 'temp_Celsius'];

  it.each(NAMES)('is stored without a word: %s', async (eventType) => {
    const { add, mismatches } = create({ mismatches: 'refuse' });

    const { status, answer } = await add(toEvent(eventType, { any: 'JSON' }));

    expect({ status, answer }).toEqual({
      status: 201,
      answer: { status: 'created', message: 'Created event' },
    });
    expect(mismatches()).toEqual([]);
  });

  it.each(NAMES)('is refused if the policy says so: %s', async (eventType) => {
    const { add, addAll } = create({ unknownTypes: 'refuse' });
    const event = toEvent(eventType, 1);
    const errors = [
      { code: 'unknown-event-type', pointer: '/eventType', detail: expect.any(String) },
    ];

    expect(await add(event)).toMatchObject({ status: 400, answer: { errors } });
    expect(await addAll([event, toEvent('temp_celsius', 1)])).toMatchObject([
      { status: 'rejected', problem: { errors } },
      { status: 'created' },
    ]);
  });
});

describe('the policy', () => {
  const policy = { types: { temp_celsius: 'refuse' } } as const;
  const local = useLocalService({ eventTypes: policy });
  const body = JSON.stringify(toEvent('temp_celsius', 'high'));
  const headers = { 'content-type': 'application/json', 'x-api-key': API_KEY };
  afterAll(() => {
    vi.unstubAllEnvs();
  });

  it('holds in the local service, as its environment says', async () => {
    const response = await fetch(`${local.url()}/events`, { method: 'POST', headers, body });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [WARNING] });
  });

  it('reaches the function as a variable', async () => {
    vi.stubEnv('MONGODB_URI', database.uri);
    vi.stubEnv('EVENT_TYPES', JSON.stringify(policy));
    const { handler } = await import('../../src/lambda/api.ts');

    const { statusCode } = await handler(
      proxyEvent({ method: 'POST', path: '/events', headers, body }),
    );

    expect(statusCode).toBe(400);
  });
});

describe('GET /event-types', () => {
  const ask = (headers = {}) =>
    createApiHandler(database.client)(proxyEvent({ path: '/event-types', headers }));

  it('describes the types, and says where they have numbers', async () => {
    const { statusCode, body } = await ask();
    const { eventTypes } = JSON.parse(body);

    expect(statusCode).toBe(200);
    expect(responseValidators.listEventTypes?.[200]?.(JSON.parse(body))).toBe(true);
    const find = (name: string) =>
      eventTypes.find((type: { eventType: string }) => type.eventType === name);
    expect(find('temp_celsius')).toMatchObject({
      unit: 'Cel',
      schema: { type: 'number' },
      numbers: [{ pointer: '', title: 'Temperature', unit: 'Cel' }],
    });
    expect(find('climate').numbers).toEqual([
      { pointer: '/celsius', title: 'Temperature', unit: 'Cel' },
      { pointer: '/humidity', title: 'Relative humidity', unit: '1' },
    ]);
    expect(find('door_opened').numbers).toEqual([]);
  });

  it('is not sent again to who has it', async () => {
    const { headers } = await ask();
    const tag = headers?.ETag;
    expect(tag).toMatch(/^W\/"/);

    expect(await ask({ 'if-none-match': tag })).toMatchObject({ statusCode: 304, body: '' });
    expect(await ask({ 'if-none-match': 'W/"1.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"' })).toMatchObject({
      statusCode: 200,
    });
  });
});
