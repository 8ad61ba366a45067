import { once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { expectErrors } from '../harness/expect-errors.ts';
import { serve } from './fixture.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

type Seen = Pick<IncomingMessage, 'method' | 'url' | 'headers'> & { body: string };

/** A server behind the API, and a gateway before it. */
const start = async (integration: object, answer?: RequestListener, resource = '/{rest+}') => {
  const seen: Seen[] = [];
  const backend = createServer(async (request, response) => {
    const { method, url, headers } = request;
    seen.push({ method, url, headers, body: await text(request) });
    if (answer) answer(request, response);
    else response.writeHead(201, { 'X-Own': ['a', 'b'], Server: 'mine' }).end('reply');
  }).listen(0, '127.0.0.1');
  await once(backend, 'listening');
  stops.push(() => {
    backend.closeAllConnections();
    backend.close();
  });
  const origin = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
  const document = {
    openapi: '3.0.1',
    info: { title: 't', version: '1' },
    paths: {
      [resource]: {
        'x-amazon-apigateway-any-method': {
          parameters: [{ name: 'x-page', in: 'header', schema: { type: 'string' } }],
          responses: {},
          'x-amazon-apigateway-integration': {
            type: 'http_proxy',
            httpMethod: 'ANY',
            uri: `${origin}/base/{rest}`,
            requestParameters: { 'integration.request.path.rest': 'method.request.path.rest' },
            ...integration,
          },
        },
      },
    },
  };
  const gateway = await serve({ document, allowedOrigins: [origin] });
  return { ...gateway, seen };
};

describe('an integration by http_proxy (fact 96)', () => {
  it('hands on method, path, query, headers and body, and the reply', async () => {
    const { send, seen } = await start({});

    const reply = await send('/a%2Fb/c?q=1&q=%20', {
      method: 'PATCH',
      body: 'text',
      headers: { 'X-Mine': '1', 'X-Forwarded-For': '1.2.3.4', 'Content-Type': 'text/plain' },
    });

    expect(seen).toMatchObject([
      {
        method: 'PATCH',
        url: '/base/a%2Fb/c?q=1&q=+',
        body: 'text',
        headers: {
          'x-mine': '1',
          'content-length': '4',
          'x-forwarded-for': '1.2.3.4, 127.0.0.1',
          host: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
        },
      },
    ]);
    expect(reply).toMatchObject({ status: 201, body: 'reply' });
    expect(reply.headers).toMatchObject({ 'x-own': 'a, b', 'x-amzn-remapped-server': 'mine' });
  });

  it('maps constants, variables and parts of the request', async () => {
    const { send, seen } = await start({
      httpMethod: 'GET',
      requestParameters: {
        'integration.request.path.rest': 'method.request.path.rest',
        'integration.request.header.X-Stage': 'context.stage',
        'integration.request.header.X-Constant': "'c'",
        'integration.request.querystring.page': 'method.request.header.x-page',
      },
    });

    await send('/a?page=0', { method: 'POST', headers: { 'X-Page': '7' } });

    expect(seen).toMatchObject([
      { method: 'GET', url: '/base/a?page=7', headers: { 'x-stage': 'test', 'x-constant': 'c' } },
    ]);
  });

  it.each(['/..', '/%2e%2e/x', '//evil.example/x', '/@evil.example'])(
    'stays at its origin: %s',
    async (path) => {
      const { send, seen } = await start({});

      await send(path);

      for (const { headers } of seen) expect(headers.host).toMatch(/^127\.0\.0\.1:\d+$/);
    },
  );

  it('times out, and tells the server', async () => {
    let closed: Promise<unknown> | undefined;
    const { send } = await start({ timeoutInMillis: 50 }, (request) => {
      closed = once(request.socket, 'close');
    });

    expect((await send('/a')).status).toBe(504);
    await closed;
  });

  it('is a 504 if the server cannot be reached', async () => {
    const { send } = await start({}, (request) => request.socket.destroy());
    expectErrors();

    expect(await send('/a')).toMatchObject({ status: 504 });
  });

  it('streams where it says so', async () => {
    let release = (): void => undefined;
    const { port } = await start({ responseTransferMode: 'STREAM' }, (_, response) => {
      response.write('first');
      release = () => response.end('second');
    });
    const response = await fetch(`http://127.0.0.1:${port}/a`);
    const reader = response.body?.getReader();

    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('first');
    release();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('second');
  });
});
