import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { components } from '../../generated/openapi.ts';
import { contract } from '../../openapi/contract.ts';
import { API_KEY, useLocalService } from '../harness/local-service.ts';

const service = useLocalService();

const request = (path: string, init: RequestInit = {}, apiKey: string | undefined = API_KEY) =>
  fetch(`${service.url()}${path}`, {
    ...init,
    headers: { 'content-type': 'application/json', 'x-api-key': apiKey, ...init.headers },
  });

const post = (body: unknown, headers: Record<string, string> = {}) =>
  request('/events', { method: 'POST', body: JSON.stringify(body), headers });

const newEvent = (fields: object = {}) => ({
  date: '2026-05-05T17:19:35Z',
  deviceID: randomUUID(),
  eventType: 'temp_celsius',
  ...fields,
});

const toProblem = async (response: Response) =>
  (await response.json()) as components['schemas']['Problem'];

describe('the local gateway', () => {
  it.each([
    '/events/export?since=2026-05-05T00:00:00Z&until=2026-05-06T00:00:00Z&',
    '/events/live?',
  ])('does not say how long the reply to a HEAD of %s would be', async (path) => {
    const query = new URLSearchParams({ deviceID: randomUUID(), eventType: 'a' });
    const headers = { 'x-api-key': API_KEY };
    const url = `${service.url()}${path}${query}`;
    const reply = await fetch(url, { method: 'HEAD', headers });

    expect([reply.status, reply.headers.get('content-length')]).toEqual([200, null]);
    const refused = await fetch(url.replace('eventType', 'x'), { method: 'HEAD', headers });
    expect([refused.status, Number(refused.headers.get('content-length')) > 0]).toEqual([
      400,
      true,
    ]);
  });

  it('answers GET /health without a key', async () => {
    const response = await fetch(`${service.url()}/health`);

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok', version: contract.info.version });
  });

  it('outlives a client that breaks off amid its body', async () => {
    const { hostname, port } = new URL(service.url());
    const socket = createConnection(Number(port), hostname);
    const head = `POST /events HTTP/1.1\r\nHost: ${hostname}\r\nX-Api-Key: ${API_KEY}\r\n`;
    socket.write(`${head}Content-Type: application/json\r\nContent-Length: 99\r\n\r\n{"date":`);
    await once(socket, 'connect');
    // So that the body has begun when it breaks off.
    await request('/events');
    socket.destroy();
    await once(socket, 'close');

    expect((await request('/health')).status).toBe(200);
  });

  it.each([
    ['no key', {}],
    ['an empty key', { 'x-api-key': '' }],
    ['a wrong key', { 'x-api-key': `${API_KEY}x` }],
  ])('refuses %s before it looks at the request', async (_, headers) => {
    const response = await fetch(`${service.url()}/events`, { method: 'POST', headers, body: '{' });

    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ type: '/problems/forbidden' });
  });

  it.each([
    ['/nope', 404, '/problems/not-found'],
    ['/docsx', 404, '/problems/not-found'],
    ['/events/extra', 404, '/problems/not-found'],
    ['/events', 400, '/problems/invalid-request'],
    ['/events?deviceID=%20&eventType=a&date=2026-05-05', 400, '/problems/invalid-request'],
  ])('answers GET %s with %i', async (path, status, type) => {
    const response = await request(path);

    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({
      type,
      status,
      requestId: response.headers.get('x-amzn-requestid'),
    });
  });

  it('names the parameters that are missing, each by itself', async () => {
    const response = await request('/events?date=2026-05-05');

    expect((await toProblem(response)).errors).toEqual([
      { code: 'required', parameter: 'deviceID', detail: 'is required' },
      { code: 'required', parameter: 'eventType', detail: 'is required' },
    ]);
  });

  it.each([
    [{ Value: 1 }, 'unknown-field', '/Value'],
    [{ 'a/b~c': null }, 'unknown-field', '/a~1b~0c'],
    [{ deviceID: '8f188304' }, 'pattern', '/deviceID'],
    [{ eventType: 'a b' }, 'pattern', '/eventType'],
    [{ eventType: ' a' }, 'pattern', '/eventType'],
    [{ eventType: 'x'.repeat(129) }, 'too-long', '/eventType'],
    [{ id: 'x'.repeat(65) }, 'too-long', '/id'],
    [{ date: 'yesterday' }, 'pattern', '/date'],
    [{ deviceID: 7 }, 'type', '/deviceID'],
    [{ deviceID: null }, 'type', '/deviceID'],
    [{ deviceID: undefined }, 'required', '/deviceID'],
    [{ eventType: undefined }, 'required', '/eventType'],
    [{ eventType: ['a'] }, 'type', '/eventType'],
    [{ id: {} }, 'type', '/id'],
    [{ date: 1778001575 }, 'type', '/date'],
    [{ receivedAt: true }, 'type', '/receivedAt'],
  ])('names the field that is wrong, with a code: %j', async (fields, code, pointer) => {
    const response = await post(newEvent(fields));

    expect(response.status).toBe(400);
    expect((await toProblem(response)).errors).toMatchObject([{ code, pointer }]);
  });

  it('leaves to the router what a model cannot say', async () => {
    const response = await post(newEvent({ date: '2026-02-30T00:00:00Z' }));

    expect(response.status).toBe(400);
    expect((await toProblem(response)).errors).toEqual([
      {
        code: 'format',
        pointer: '/date',
        detail: 'must be an RFC 3339 date-time that names a real instant',
      },
    ]);
  });

  it('leaves other content types to the router, which refuses them', async () => {
    const response = await post(newEvent(), { 'content-type': 'text/plain' });

    expect(response.status).toBe(415);
  });

  it('tells the methods of a path', async () => {
    const response = await request('/events', { method: 'PUT' });

    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST, DELETE');
  });

  it('refuses more than 10 MB in plain text', async () => {
    const response = await post(newEvent({ value: 'x'.repeat(10_485_760) }));

    expect(response.status).toBe(413);
    expect(await response.text()).toBe('HTTP content length exceeded 10485760 bytes.');
  });

  it('decodes a plus in a query to a space', async () => {
    const event = newEvent({ value: true });
    await post(event);

    const response = await request(
      `/events?deviceID=${event.deviceID.toUpperCase()}&eventType=temp_celsius&since=2026-05-05T19:19:35+02:00`,
    );

    expect(await response.json()).toEqual({
      events: [{ ...event, date: '2026-05-05T17:19:35.000Z' }],
    });
  });

  it('answers HEAD as GET, without the body', async () => {
    const event = newEvent({ value: 'x'.repeat(2_000) });
    await post(event);
    const { deviceID, eventType } = event;
    const path = `/events?${new URLSearchParams({ deviceID, eventType, date: '2026-05-05' })}`;

    const [head, get] = [await request(path, { method: 'HEAD' }), await request(path)];

    const toHeaders = ({ headers }: Response) =>
      Object.fromEntries(
        ['content-type', 'etag', 'cache-control', 'vary', 'content-encoding'].map((name) => [
          name,
          headers.get(name),
        ]),
      );
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(toHeaders(head)).toEqual(toHeaders(get));
    expect(head.headers.get('etag')).toMatch(/^W\//);
  });

  it('allows pages any header, and shows them what the contract names', async () => {
    const preflight = await fetch(`${service.url()}/events`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://example.org',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,traceparent,x-api-key',
      },
    });
    const replies = [preflight, await request('/health'), await request('/nope')];

    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toBe('*,Authorization');
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET,POST,DELETE,OPTIONS');
    for (const { headers } of replies) {
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('access-control-expose-headers')?.split(',')).toEqual(
        expect.arrayContaining(['Date', 'Deprecation', 'ETag', 'Retry-After', 'Sunset']),
      );
      expect(headers.get('date')).not.toBeNull();
    }
  });

  it('serves the docs with all that they need', { tags: 'long' }, async () => {
    const response = await fetch(`${service.url()}/docs`);
    const html = await response.text();

    expect(response.status).toBe(200);
    expect(html).toContain('IoT Events API');
    expect(html).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);
  });
});
