import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { addLater } from './add-later.ts';

/** A reply to send: a text is sent as it is, all else as JSON, with what a later version may add. */
export type StubReply = { status: number; body?: unknown; type?: string };

/** A request as it arrived. */
export type StubRequest = {
  method: string;
  path: string;
  query: string;
  headers: IncomingHttpHeaders;
  body: string;
};

/** A service that answers what a check tells it to. */
export type Stub = {
  url: URL;
  /** Sets the replies to the next requests, and forgets the requests so far. */
  willAnswer(...replies: StubReply[]): void;
  /** The requests since then. */
  requests: StubRequest[];
  stop(): void;
};

export const startStub = async (): Promise<Stub> => {
  const requests: StubRequest[] = [];
  let replies: StubReply[] = [];
  const server = createServer(async (request, response) => {
    const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
    const { method = '', headers } = request;
    requests.push({ method, path, query, headers, body: await text(request) });
    const { status, body, type } = replies.shift() ?? { status: 599, body: 'unexpected request' };
    response.writeHead(status, { 'Content-Type': toType(status, type), ...LATER_HEADERS });
    response.end(typeof body === 'string' ? body : body && JSON.stringify(addLater(body)));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    requests,
    willAnswer(...next) {
      replies = next;
      requests.length = 0;
    },
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
};

const LATER_HEADERS = { 'X-Added-Later': 'yes', 'Cache-Control': 'no-store' };

const toType = (status: number, type?: string) =>
  type ?? (status < 400 ? 'application/json' : 'application/problem+json');
