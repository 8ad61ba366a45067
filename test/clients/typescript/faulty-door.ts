import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';

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
    const body = await buffer(request);
    if (fault === 'cut') return request.socket.destroy();
    if (fault === 'silence') return;
    if (typeof fault === 'object') {
      return response.writeHead(fault.status, fault.headers).end(fault.body);
    }
    if (fault === 'login page') {
      return response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>');
    }
    await forward({ target, request, response, body, fault });
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

async function forward({ target, request, response, body, fault }: Passage): Promise<void> {
  const { method, headers, url = '' } = request;
  const onward = send(new URL(url, target), { method, headers, agent: false }).end(body);
  const [reply] = (await once(onward, 'response')) as [IncomingMessage];
  if (fault === 'none') {
    response.writeHead(reply.statusCode ?? 502, reply.headers).flushHeaders();
    // A stream goes on until either side leaves.
    return pipeline(reply, response).catch(() => void request.socket.destroy());
  }
  const answer = await buffer(reply);
  if (fault === 'lost reply') return void request.socket.destroy();
  if (fault === 'slow') await sleep(300);
  response.writeHead(reply.statusCode ?? 502, reply.headers);
  if (fault !== 'half a reply') return void response.end(answer);
  response.write(answer.subarray(0, answer.length / 2), () => request.socket.destroy());
}
