import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { answerUnreadable } from './answer-unreadable.ts';

/** Limits on slow or silent clients. */
export type ClientLimits = {
  /** Time for the headers of a request: from its first byte; for a connection's first request, from its opening. */
  headersMs: number;
  /** Time for a whole request. */
  requestMs: number;
  /** Time without traffic, between requests or while a client does not read its reply. */
  idleMs: number;
  /** Beyond so many, the one that has been idle longest is closed, or the new one if none is idle. */
  connections: number;
};

const MAX_HEAD_BYTES = 24_576;

/** The idle timeout is API Gateway's (fact 43). AWS documents no others: these suffice for a device on a slow line. */
const LIMITS: ClientLimits = {
  headersMs: 10_000,
  requestMs: 60_000,
  idleMs: 310_000,
  connections: 1_000,
};

/** An HTTP server for a gateway's listener, on which slow or silent clients cannot keep out the others. */
export const createHttpServer = (
  listener?: RequestListener,
  { headersMs, requestMs, idleMs, connections }: ClientLimits = LIMITS,
): Server => {
  const server = createServer({
    // Room for the limits on the URL and on the headers, which the gateway tells apart (fact 98).
    maxHeaderSize: MAX_HEAD_BYTES,
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: idleMs,
    // How often Node looks for connections that have timed out.
    connectionsCheckingInterval: headersMs / 10,
  });
  server.timeout = idleMs;
  answerUnreadable(server);
  limitConnections(server, connections);
  if (listener) server.on('request', listener);
  return server;
};

function limitConnections(server: Server, limit: number): void {
  // With the number of requests that are under way.
  const connections = new Map<Socket, number>();
  // Longest idle first, with the bytes received until then: if there are more, a request has begun.
  const idle = new Map<Socket, number>();
  const findIdle = (): Socket | undefined => {
    for (const [socket, received] of idle) if (socket.bytesRead === received) return socket;
    return undefined;
  };
  const close = (socket: Socket): void => {
    connections.delete(socket);
    idle.delete(socket);
    socket.destroy();
  };
  server.on('connection', (socket: Socket) => {
    if (connections.size >= limit) close(findIdle() ?? socket);
    if (socket.destroyed) return;
    connections.set(socket, 0);
    idle.set(socket, 0);
    socket.once('close', () => close(socket));
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    idle.delete(socket);
    connections.set(socket, (connections.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const underWay = (connections.get(socket) ?? 0) - 1;
      // Fewer if the connection is closed.
      if (underWay < 0) return;
      connections.set(socket, underWay);
      if (underWay === 0) idle.set(socket, socket.bytesRead);
    });
  });
}
