import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createEndpointInvoke } from '../../gateway/local/function/endpoint-invoke.ts';

let server: Server | undefined;
afterEach(() => server?.close());

/** Stands in for AWS's runtime interface emulator. */
async function startEmulator(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('invoking a function over HTTP', () => {
  it('posts the event to the path of the emulator and returns the result', async () => {
    const url = await startEmulator(async (request, response) => {
      const event = JSON.parse(await text(request));
      response.end(JSON.stringify({ method: request.method, path: request.url, event }));
    });

    expect(await createEndpointInvoke(url)({ httpMethod: 'GET' })).toEqual({
      method: 'POST',
      path: '/2015-03-31/functions/function/invocations',
      event: { httpMethod: 'GET' },
    });
  });

  it.each([
    ['what the function threw', '{"errorType":"TypeError","errorMessage":"no"}', 'TypeError: no'],
    ['a time-out, which is told in plain text', 'Task timed out after 3.00 seconds', 'timed out'],
  ])('throws %s', async (_, body, message) => {
    const url = await startEmulator((_, response) => response.end(body));

    await expect(createEndpointInvoke(url)({})).rejects.toThrow(message);
  });

  it.each([
    [500, {}, 'null'],
    [200, { 'X-Amz-Function-Error': 'Unhandled' }, '{}'],
  ])('throws on status %i with headers %j', async (status, headers, body) => {
    const url = await startEmulator((_, response) => response.writeHead(status, headers).end(body));

    await expect(createEndpointInvoke(url)({})).rejects.toThrow(`answered ${status}: ${body}`);
  });

  it('sends one event at a time, and goes on after a failure', async () => {
    let running = 0;
    const url = await startEmulator(async (request, response) => {
      running += 1;
      const event = JSON.parse(await text(request));
      await sleep(20);
      response.end(JSON.stringify(event.fails ? { errorMessage: 'no' } : { running }));
      running -= 1;
    });
    const invoke = createEndpointInvoke(url);

    const results = await Promise.allSettled([invoke({}), invoke({ fails: true }), invoke({})]);

    expect(results).toMatchObject([
      { value: { running: 1 } },
      { status: 'rejected' },
      { value: { running: 1 } },
    ]);
  });
});
