import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { API_KEY, useLocalService } from '../harness/local-service.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

const service = useLocalService();
const database = useDatabase();

const headers = { 'content-type': 'application/json', 'x-api-key': API_KEY };

const deleteDevice = (deviceID: string) =>
  fetch(`${service.url()}/devices/${deviceID}`, { method: 'DELETE', headers });

const post = (events: object[]) =>
  fetch(`${service.url()}/events/batch`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ events }),
  });

async function latest(deviceID: string): Promise<unknown[]> {
  const response = await fetch(`${service.url()}/events/latest?deviceID=${deviceID}`, { headers });
  const { events } = (await response.json()) as { events: unknown[] };
  return events;
}

describe('DELETE /devices/{deviceID}', () => {
  it('deletes every type and day of the device, and nothing else', async () => {
    const [device, other] = [randomUUID(), randomUUID()];
    const toEvents = (deviceID: string) =>
      ['2026-05-04', '2026-05-05'].flatMap((day) =>
        ['a', 'b'].map((eventType) => ({ deviceID, eventType, date: `${day}T12:00:00Z` })),
      );
    await post([...toEvents(device), ...toEvents(other)]);

    const response = await deleteDevice(device.toUpperCase());

    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await latest(device)).toEqual([]);
    expect(await latest(other)).toHaveLength(2);
    expect((await deleteDevice(device)).status).toBe(204);
  });

  it('takes what the device sends afterwards', async () => {
    const event = {
      deviceID: randomUUID(),
      eventType: 'a',
      date: '2026-05-05T12:00:00Z',
      value: 1,
    };
    await post([event]);
    await deleteDevice(event.deviceID);

    expect(await (await post([event])).json()).toEqual({ results: [{ status: 'created' }] });
    expect(await latest(event.deviceID)).toHaveLength(1);
  });

  it.each(['me', '%20', 'a%2Fb', '8f188304-e7b3-4a16-a243-b9470468478a%0A'])(
    'refuses the device %s',
    async (deviceID) => {
      const response = await deleteDevice(deviceID);

      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ type: '/problems/invalid-request' });
    },
  );

  it.each([
    ['%', 'pattern', 'must be a UUID'],
    ['%zz', 'pattern', 'must be a UUID'],
    ['%ed%a0%80', 'not-utf8', expect.any(String)],
    ['8f188304-e7b3-4a16-a243-b9470468478a%E0%A4', 'not-utf8', expect.any(String)],
  ])('refuses the device %s, which is no percent-encoded UTF-8', async (deviceID, code, detail) => {
    const response = await deleteDevice(deviceID);

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [{ code, parameter: 'deviceID', detail }],
    });
  });

  it('needs a key', async () => {
    const path = `/devices/${randomUUID()}`;
    const response = await fetch(`${service.url()}${path}`, { method: 'DELETE' });

    expect(response.status).toBe(403);
  });
});

describe('events with ids, once their device was deleted', () => {
  it('are stored once each, whatever other processes remember of those before', async () => {
    const lambdas = [0, 1].map(() => createApiHandler(database.connectAgain()));
    const device = { deviceID: randomUUID(), eventType: 'a' };
    const toEvent = (index: number) => ({
      ...device,
      date: new Date(Date.parse('2026-05-05T00:00:00Z') + index * 1_000).toISOString(),
      id: `event-${index}`,
      value: index,
    });
    const send = async (lambda: number, indexes: number[]): Promise<string[]> => {
      const body = JSON.stringify({ events: indexes.map(toEvent) });
      const event = { path: '/events/batch', method: 'POST', body };
      const type = { 'content-type': 'application/json' };
      const reply = await lambdas[lambda]?.(proxyEvent({ ...event, headers: type }));
      const { results } = JSON.parse(reply?.body ?? '{}');
      return results.map(({ status }: { status: string }) => status);
    };
    const range = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => from + index);
    for (const lambda of [0, 1]) await send(lambda, range(lambda * 250, lambda * 250 + 250));
    for (const lambda of [0, 1]) await send(lambda, [500 + lambda]);

    const path = `/devices/${device.deviceID}`;
    await lambdas[0]?.(proxyEvent({ method: 'DELETE', path }));
    // The first process fills as many buckets again; the second still remembers those before.
    const first = await send(0, range(200, 700));
    const second = await send(1, [0, 1, 300, 600, 650]);

    expect(new Set(first)).toEqual(new Set(['created']));
    expect(second).toEqual(['created', 'created', 'duplicate', 'duplicate', 'duplicate']);
  });
});
