import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ApiOptions } from '../../src/lambda/api-handler.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { API_KEY, useLocalService } from '../harness/local-service.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

const HOUR = 3_600_000;
const DAYS = 24 * HOUR;

const service = useLocalService();
const { client } = useDatabase();

describe("a device's clock", () => {
  it.each([
    ['24 hours ahead, less a minute', 24 * HOUR - 60_000],
    ['five years behind', -1_825 * DAYS],
  ])('may be %s', async (_, offset) => {
    expect((await sendTo('/events', newEvent(offset))).statusCode).toBe(201);
  });

  it.each([
    ['24 hours and a minute', 24 * HOUR + 60_000],
    ['ten years', 3_650 * DAYS],
  ])('may not be %s ahead, and is told the time', async (_, offset) => {
    const before = Date.now();
    const { statusCode, body } = await sendTo('/events', newEvent(offset));

    expect(statusCode).toBe(400);
    const problem = JSON.parse(body);
    expect(problem).toMatchObject({
      type: '/problems/clock-skew',
      errors: [
        { code: 'too-far-ahead', pointer: '/date', detail: 'is more than 24 hours in the future' },
      ],
    });
    const serverTime = Date.parse(problem.serverTime);
    expect(serverTime >= before && serverTime <= Date.now()).toBe(true);
  });

  it('may not be further behind than events are kept', async () => {
    const send = (offset: number) => sendTo('/events', newEvent(offset), { retentionDays: 30 });

    expect((await send(-30 * DAYS + 60_000)).statusCode).toBe(201);
    const { statusCode, body } = await send(-30 * DAYS - 60_000);

    expect(statusCode).toBe(400);
    expect(JSON.parse(body)).toMatchObject({
      type: '/problems/clock-skew',
      serverTime: expect.any(String),
      errors: [
        {
          code: 'too-old',
          pointer: '/date',
          detail: 'is older than the 30 days that events are kept',
        },
      ],
    });
  });

  it.each([
    ['1970-01-01T00:00:07Z'],
    ['1980-01-06T00:00:00Z'],
    ['1999-11-30T00:00:00Z'],
    ['1899-12-31T23:59:59Z'],
    ['0001-01-01T00:00:00Z'],
    ['2019-12-31T23:59:59.9999999999Z'],
    ['2020-01-01T00:59:59+01:00'],
  ])('was never set where it says %s', async (date) => {
    const before = Date.now();
    // With a retention, such a date is too old as well; but it says nothing of the event.
    for (const options of [{}, { retentionDays: 30, lateDays: 7 }]) {
      const { statusCode, body } = await sendTo('/events', { ...undated(), date }, options);

      expect(statusCode).toBe(400);
      const { serverTime, ...problem } = JSON.parse(body);
      expect(problem).toMatchObject({
        type: '/problems/clock-skew',
        errors: [
          {
            code: 'clock-not-set',
            pointer: '/date',
            detail: 'is before 2020-01-01: the clock was not set',
          },
        ],
      });
      expect(Date.parse(serverTime) >= before && Date.parse(serverTime) <= Date.now()).toBe(true);
    }
  });

  it('was never set for the event with an id, either, and for one of a batch', async () => {
    const events = [
      { ...undated(), date: '1970-01-01T00:00:07Z', id: 'boot-1/1' },
      { ...newEvent(0), date: '2020-01-01T00:00:00Z' },
    ];
    expect((await post(events[0] ?? {})).status).toBe(400);
    const { body } = await sendTo('/events/batch', { events });

    expect(JSON.parse(body)).toMatchObject({
      results: [
        {
          status: 'rejected',
          problem: {
            type: '/problems/clock-skew',
            serverTime: expect.any(String),
            errors: [{ code: 'clock-not-set', pointer: '/date' }],
          },
        },
        { status: 'created' },
      ],
    });
  });

  it('may be as old as the operator says', async () => {
    const send = async (date: string, notBefore: string) =>
      (await sendTo('/events', { ...undated(), date }, { notBefore })).statusCode;

    expect(await send('0000-01-01T00:00:00Z', '0000-01-01')).toBe(201);
    expect(await send('2026-02-28T23:59:59Z', '2026-03-01')).toBe(400);
    expect(await send('2026-03-01T00:00:00Z', '2026-03-01')).toBe(201);
    expect(() => createApiHandler(client, { notBefore: '2026-02-30' })).toThrow(
      'notBefore is 2026-02-30: it must be a day, such as 2020-01-01',
    );
  });

  it('costs a batch only the events that it is wrong for', async () => {
    const events = [newEvent(25 * HOUR), newEvent(0)];
    const { body } = await sendTo('/events/batch', { events });

    expect(JSON.parse(body)).toMatchObject({
      results: [
        {
          status: 'rejected',
          problem: {
            type: '/problems/clock-skew',
            serverTime: expect.any(String),
            requestId: expect.any(String),
          },
        },
        { status: 'created' },
      ],
    });
  });

  it('can be set by the Date of each reply', async () => {
    for (const path of ['/health', '/events', '/nowhere']) {
      const { headers } = await fetch(`${service.url()}${path}`);
      expect(Math.abs(Date.parse(headers.get('date') ?? '') - Date.now())).toBeLessThan(60_000);
    }
  });

  it.each([
    ['no date', {}],
    ['null for a date', { date: null }],
    ['null for both', { date: null, id: null }],
  ])('is still needed for an event without an id: %s', async (_, fields) => {
    const response = await post({ ...undated(), ...fields });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      type: '/problems/invalid-request',
      errors: [{ code: 'required', pointer: '/date', detail: 'is required' }],
    });
  });

  it.each([
    ['no date', {}],
    ['null for a date', { date: null, receivedAt: null }],
  ])('is not needed for an event with an id, which gets a date: %s', async (_, fields) => {
    const event = { ...undated(), id: 'boot-17/4', ...fields };
    const before = new Date().toISOString();
    const created = await post(event);
    const again = await post(event);

    const result = (await created.json()) as { date: string };
    expect([created.status, result]).toEqual([
      201,
      { status: 'created', date: expect.any(String), message: 'Created event' },
    ]);
    expect(result.date >= before && result.date <= new Date().toISOString()).toBe(true);
    expect([again.status, await again.json()]).toEqual([
      200,
      { status: 'duplicate', message: 'Event already stored' },
    ]);
    const { deviceID } = event;
    const latest = await fetch(`${service.url()}/events/latest?deviceID=${deviceID}`, {
      headers: { 'x-api-key': API_KEY },
    });
    expect(await latest.json()).toEqual({
      events: [{ ...undated(deviceID), id: 'boot-17/4', date: result.date, value: null }],
    });
  });

  it('is told of no date where the event has one', async () => {
    const response = await post({ ...newEvent(0), id: 'boot-17/4' });

    expect(await response.json()).toEqual({ status: 'created', message: 'Created event' });
  });
});

const post = (event: object) =>
  fetch(`${service.url()}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': API_KEY },
    body: JSON.stringify(event),
  });

const undated = (deviceID: string = randomUUID()) => ({ deviceID, eventType: 'door' });

const newEvent = (offset: number) => ({
  ...undated(),
  date: new Date(Date.now() + offset).toISOString(),
});

const sendTo = (path: string, body: object, options: ApiOptions = {}) =>
  createApiHandler(
    client,
    options,
  )(proxyEvent({ method: 'POST', path, body: JSON.stringify(body) }));
