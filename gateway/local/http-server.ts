import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';

/** What one client may hold, and all of them together. */
export type ClientLimits = {
  /** For the headers of a request, from its first byte; of a connection's first one, from its opening. */
  headersMs: number;
  /** For a whole request. */
  requestMs: number;
  /** For a connection on which nothing goes either way, be it between requests or while a reply is not read. */
  idleMs: number;
  connections: number;
};

/** API Gateway's own idle time-out (fact 43). It tells no others: these are ample for a device on a slow line. */
const LIMITS: ClientLimits = {
  headersMs: 10_000,
  requestMs: 60_000,
  idleMs: 310_000,
  connections: 1_000,
};

/** A server for a gateway's listener, at which no client that is slow, or silent, keeps out the others. */
export const createHttpServer = (
  listener?: RequestListener,
  { headersMs, requestMs, idleMs, connections }: ClientLimits = LIMITS,
): Server => {
  const server = createServer({
    // API Gateway's limit on all headers together, in bytes (fact 43).
    maxHeaderSize: 10_240,
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: idleMs,
    // How often Node looks for who is late.
    connectionsCheckingInterval: headersMs / 10,
  });
  server.timeout = idleMs;
  server.maxConnections = connections;
  if (listener) server.on('request', listener);
  return server;
};
