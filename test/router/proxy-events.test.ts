import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

const { client } = useDatabase();
const lambda = createApiHandler(client);
const DEVICE = { deviceID: randomUUID(), eventType: 'temp_celsius' };

describe('an event behind a base path', () => {
  it.each([
    ['GET', '/events', '/v1/events', 200],
    ['GET', '/events', '/v1/events/', 200],
    ['GET', '/events', '/events/', 200],
    ['GET', '/events', '/events/v1/events', 200],
    ['GET', '/events', '/iot/prod/events', 200],
    ['GET', '/events/latest', '/v1/events/latest', 400],
    ['GET', '/health', '/v1/health', 400],
    ['HEAD', '/events', '/v1/events', 200],
    ['PUT', '/events', '/v1/events', 405],
    ['DELETE', '/devices/{deviceID}', `/v1/devices/${DEVICE.deviceID}`, 400],
    ['DELETE', '/devices/{deviceID}', `/devices/${DEVICE.deviceID}`, 400],
    // An event that is not API Gateway's, or one of a resource for every path: the path is as it is.
    ['GET', '', '/events', 200],
    ['GET', undefined, '/events', 200],
    ['GET', undefined, '/v1/events', 404],
    ['GET', '/{proxy+}', '/events', 200],
    ['GET', '/{proxy+}', '/v1/events', 404],
    ['GET', '/health', '/events', 200],
    ['GET', '/events/latest', '/events', 200],
    ['GET', '/events', '/', 404],
    ['GET', '/', '/', 404],
  ])('%s of the resource %s at %s is answered %3$i', async (method, resource, path, status) => {
    const query = { ...DEVICE, date: '2026-05-05' };
    const event = { ...proxyEvent({ method, path, query }), resource } as never;

    expect((await lambda(event)).statusCode).toBe(status);
  });

  it('deletes the device that its path names last', async () => {
    const [device, other] = [randomUUID(), randomUUID()];
    const send = (request: Parameters<typeof proxyEvent>[0], resource: string) =>
      lambda({ ...proxyEvent(request), resource });
    for (const deviceID of [device, other]) {
      const body = JSON.stringify({ ...DEVICE, deviceID, date: '2026-05-05T12:00:00Z' });
      const reply = await send({ method: 'POST', path: '/v1/events', body }, '/events');
      expect(reply.statusCode).toBe(201);
    }

    const path = `/devices/${other}/devices/${device}`;
    const reply = await send({ method: 'DELETE', path }, '/devices/{deviceID}');

    expect([reply.statusCode, reply.body]).toEqual([204, '']);
    const left = await Promise.all(
      [device, other].map(async (deviceID) => {
        const query = { ...DEVICE, deviceID, date: '2026-05-05' };
        const { body } = await lambda(proxyEvent({ query }));
        return JSON.parse(body).events.length;
      }),
    );
    expect(left).toEqual([0, 1]);
  });
});

describe('an event without the map of several values', () => {
  it.each([undefined, null])('is read by the map of single ones: %s', async (missing) => {
    const ask = (query: Record<string, string>) => {
      const event = proxyEvent({ query: { ...DEVICE, ...query } });
      return lambda({ ...event, multiValueQueryStringParameters: missing as null });
    };

    const good = await ask({ date: '2026-05-05', limit: '5' });
    const bad = await ask({ date: '2026-05-05', limit: '0', ['__proto__']: '1' });

    expect([good.statusCode, JSON.parse(good.body)]).toEqual([200, { events: [] }]);
    expect(JSON.parse(bad.body)).toMatchObject({
      status: 400,
      errors: expect.arrayContaining([
        { code: 'too-small', parameter: 'limit', detail: expect.any(String) },
        { code: 'unknown-parameter', parameter: '__proto__', detail: expect.any(String) },
      ]),
    });
  });

  it.each([
    ['empty', {}],
    ['of other names', { deviceID: [DEVICE.deviceID] }],
  ])('is read by the map of single ones where it is %s', async (_, several) => {
    const event = proxyEvent({ query: { ...DEVICE, date: '2026-05-05' } });
    const { statusCode, body } = await lambda({
      ...event,
      multiValueQueryStringParameters: several,
    });

    expect([statusCode, JSON.parse(body)]).toEqual([200, { events: [] }]);
  });

  it('counts the map of several where there are both', async () => {
    const event = proxyEvent({ query: { ...DEVICE, date: ['2026-05-05', '2026-05-06'] } });

    expect((await lambda(event)).statusCode).toBe(400);
    expect(event.queryStringParameters?.date).toBe('2026-05-06');
  });
});
