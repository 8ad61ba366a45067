import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';

/** Limits on slow or silent clients. */
export type ClientLimits = {
  /** Time for the headers of a request: from its first byte; for a connection's first request, from its opening. */
  headersMs: number;
  /** Time for a whole request. */
  requestMs: number;
  /** Time without traffic, between requests or while a client does not read its reply. */
  idleMs: number;
  connections: number;
};

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
    // API Gateway's limit on all headers together, in bytes (fact 43).
    maxHeaderSize: 10_240,
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: idleMs,
    // How often Node looks for connections that have timed out.
    connectionsCheckingInterval: headersMs / 10,
  });
  server.timeout = idleMs;
  server.maxConnections = connections;
  if (listener) server.on('request', listener);
  return server;
};
