import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { components } from '../../generated/openapi.ts';
import type { ApiHandler } from '../../src/lambda/api-handler.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

type Schemas = components['schemas'];
type Sent = { date: string; value: number; id?: string };

const DAY = '2026-05-05';
const ROUNDS = 3;

const database = useDatabase();
// Two processes, which remember what they have seen.
let one: ApiHandler;
let other: ApiHandler;
beforeAll(() => {
  one = createApiHandler(database.connectAgain());
  other = createApiHandler(database.connectAgain());
});

const send = async (to: ApiHandler, deviceID: string, events: Sent[]) => {
  const body = JSON.stringify({
    events: events.map((event) => ({ deviceID, eventType: 't', ...event })),
  });
  const path = '/events/batch';
  const reply = await to(proxyEvent({ method: 'POST', path, body }));
  return (JSON.parse(reply.body) as Schemas['BatchReport']).results.map(({ status }) => status);
};

const deleteDevice = async (deviceID: string): Promise<void> => {
  const path = `/devices/${deviceID}`;
  const event = { ...proxyEvent({ method: 'DELETE', path }), pathParameters: { deviceID } };
  expect((await one(event)).statusCode).toBe(204);
};

const readValues = async (deviceID: string): Promise<unknown[]> => {
  const query = { deviceID, eventType: 't', date: DAY, limit: '10000' };
  const { body } = await one(proxyEvent({ path: '/events', query }));
  return (JSON.parse(body) as Schemas['EventPage']).events.map(({ value }) => value);
};

const toSent = (value: number): Sent => ({
  date: new Date(Date.parse(DAY) + value * 1_000).toISOString(),
  value,
});

const latestOf = async (deviceID: string): Promise<unknown> => {
  const { body } = await one(proxyEvent({ path: '/events/latest', query: { deviceID } }));
  return (JSON.parse(body) as Schemas['EventPage']).events[0]?.value;
};

describe('a device that is deleted while it writes', () => {
  it('has each event once that is stored afterwards, whoever sends it again', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const device = randomUUID();
      const sent = Array.from({ length: 1_000 }, (_, value) => toSent(value));
      const writing = send(one, device, sent);
      await sleep(Math.random() * 60);
      await deleteDevice(device);
      await writing;
      const left = new Set(await readValues(device));

      const outcomes = await send(other, device, sent);

      const expected = sent.map(({ value }) => (left.has(value) ? 'duplicate' : 'created'));
      expect(outcomes).toEqual(expected);
      const values = await readValues(device);
      expect([values.length, new Set(values).size]).toEqual([1_000, 1_000]);
      await send(other, device, [toSent(5_000)]);
      expect(await latestOf(device)).toBe(5_000);
      expect((await readValues(device))[0]).toBe(5_000);
    }
  });

  it('has each event that is said to be a duplicate, by its id', {
    tags: ['long', 'engine'],
  }, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const device = randomUUID();
      const sent = Array.from({ length: 2_400 }, (_, value) => ({
        ...toSent(value),
        id: `i${value}`,
      }));
      const write = async (nth: number): Promise<void> => {
        for (let from = nth * 800; from < (nth + 1) * 800; from += 200) {
          await send(one, device, sent.slice(from, from + 200));
        }
      };
      const erase = async (): Promise<void> => {
        for (let times = 0; times < 3; times += 1) {
          await sleep(Math.random() * 60);
          await deleteDevice(device);
        }
      };
      await Promise.all([write(0), write(1), write(2), erase()]);

      const outcomes: string[] = [];
      for (let from = 0; from < sent.length; from += 600) {
        outcomes.push(...(await send(one, device, sent.slice(from, from + 600))));
      }

      expect(new Set(outcomes)).toSatisfy((all: Set<string>) => !all.has('failed'));
      const values = await readValues(device);
      expect([values.length, new Set(values).size]).toEqual([2_400, 2_400]);
    }
  });

  it('keeps nothing of its events', async () => {
    const device = randomUUID();
    const secret = { ...toSent(1), id: 'secret-id', value: 4_711 };
    await send(one, device, [secret, ...Array.from({ length: 300 }, (_, nth) => toSent(nth + 2))]);

    await deleteDevice(device);

    const left = await database.buckets.find({ deviceID: device }).toArray();
    const kept = ['_id', 'count', 'date', 'deviceID', 'eventType', 'events', 'first', 'floor'];
    expect(left.map((bucket) => Object.keys(bucket).sort())).toEqual([
      [...kept.slice(0, -1), 'last', 'seq'],
      [...kept, 'last', 'seq'],
    ]);
    expect(left.map(({ events, count }) => [events, count])).toEqual([
      [[], 201],
      [[], 201],
    ]);
    expect(await latestOf(device)).toBeUndefined();
    expect(await readValues(device)).toEqual([]);
  });
});
