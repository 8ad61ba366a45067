import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

/** What happens to a request on its way. */
export type Fault =
  | 'none'
  /** The request does not arrive. */
  | 'cut'
  /** The service handles the request, but its response is lost with the connection. */
  | 'lost reply'
  /** The response breaks off in the middle. */
  | 'half a reply'
  /** The response takes 300 ms. */
  | 'slow'
  /** There is no response, and the connection stays open. */
  | 'silence'
  /** The same, although the service has handled the request. */
  | 'silence after it'
  /** A proxy sends the request twice, and passes on the second response. */
  | 'sent twice'
  /** A proxy compresses the response, although nobody asked for it. */
  | 'compressed'
  /** The login page of a network on the way. */
  | 'login page'
  /** This response, instead of one of the service. */
  | { status: number; headers?: Record<string, string>; body?: string };

/** A proxy in front of a service. `faults` has the faults of the next requests, in order. */
export type FaultyDoor = {
  url: string;
  faults: Fault[];
  /** The requests that arrived: the time in milliseconds, URL and headers. */
  requests: { at: number; url: string; headers: IncomingMessage['headers'] }[];
  close(): Promise<void>;
};

export const openFaultyDoor = async (target: string): Promise<FaultyDoor> => {
  const faults: Fault[] = [];
  const requests: FaultyDoor['requests'] = [];
  const server = createServer(async (request, response) => {
    const { url = '', headers } = request;
    requests.push({ at: performance.now(), url, headers });
    const fault = faults.shift() ?? 'none';
    const body = await buffer(request).catch(() => undefined);
    if (!body) return; // The client has gone.
    if (fault === 'cut') return request.socket.destroy();
    if (fault === 'silence') return;
    if (typeof fault === 'object') {
      return response.writeHead(fault.status, fault.headers).end(fault.body);
    }
    if (fault === 'login page') {
      return response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>');
    }
    const passage = { target, request, response, body, fault };
    if (fault === 'sent twice') await buffer(await ask(passage));
    await answer(passage, await ask(passage));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

type Passage = {
  target: string;
  request: IncomingMessage;
  response: ServerResponse;
  body: Buffer;
  fault: Fault;
};

async function ask({ target, request, body }: Passage): Promise<IncomingMessage> {
  const { method, headers, url = '' } = request;
  const onward = send(new URL(url, target), { method, headers, agent: false }).end(body);
  const [reply] = (await once(onward, 'response')) as [IncomingMessage];
  return reply;
}

async function answer({ request, response, fault }: Passage, reply: IncomingMessage) {
  const { statusCode = 502, headers } = reply;
  if (fault === 'none' || fault === 'sent twice') {
    response.writeHead(statusCode, headers).flushHeaders();
    // A stream goes on until either side leaves.
    return pipeline(reply, response).catch(() => void request.socket.destroy());
  }
  const body = await buffer(reply);
  if (fault === 'lost reply') return void request.socket.destroy();
  if (fault === 'silence after it') return;
  if (fault === 'slow') await sleep(300);
  if (fault === 'compressed') {
    const { 'content-length': _, ...others } = headers;
    response.writeHead(statusCode, { ...others, 'content-encoding': 'gzip' });
    return void response.end(gzipSync(body));
  }
  response.writeHead(statusCode, headers);
  if (fault !== 'half a reply') return void response.end(body);
  response.write(body.subarray(0, body.length / 2), () => request.socket.destroy());
}
