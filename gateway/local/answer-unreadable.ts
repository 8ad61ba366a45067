import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

// For the client to read the answer before its connection is cut.
const LINGER_MS = 2_000;

/** Answers what Node reads no request from, after the replies that are under way, and closes the connection (fact 98). */
export const answerUnreadable = (server: Server): void => {
  const lastReplies = new WeakMap<Duplex, ServerResponse>();
  const ended = new WeakSet<Duplex>();
  const end = (socket: Duplex, reply: string): void => {
    // Whatever else it sends is unreadable, too.
    if (ended.has(socket)) return;
    ended.add(socket);
    const linger = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once('close', () => clearTimeout(linger));
    socket.end(reply);
  };
  server.on('request', (message: IncomingMessage, response: ServerResponse) => {
    lastReplies.set(message.socket, response);
  });
  server.on('clientError', (error: ParseError, socket: Duplex) => {
    if (!socket.writable && !ended.has(socket)) socket.destroy();
    if (!socket.writable) return;
    const isUnknownMethod = error.code === 'HPE_INVALID_METHOD';
    const answer = () =>
      end(socket, isUnknownMethod ? toReply(403, NO_METHOD) : toReply(toStatus(error)));
    const last = lastReplies.get(socket);
    if (last?.req.complete && !last.writableFinished) last.once('close', answer);
    // It has its reply already, and goes on sending.
    else if (last?.headersSent && !last.req.complete) end(socket, '');
    else answer();
  });
  server.on('connect', (_: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => socket.destroy());
    socket.resume();
    end(socket, toReply(403, NO_METHOD));
  });
};

type ParseError = Error & { code?: string; rawPacket?: Buffer };

const NO_METHOD = '{"message":"Missing Authentication Token"}';

function toStatus({ code, rawPacket }: ParseError): number {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408;
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return 413;
  if (code !== 'HPE_HEADER_OVERFLOW') return 400;
  return /^[A-Z-]+ \S{10241}/.test(rawPacket?.toString('latin1', 0, 20_000) ?? '') ? 414 : 431;
}

function toReply(status: number, body = ''): string {
  const headers = [
    'Connection: close',
    `Content-Length: ${body.length}`,
    ...(body
      ? [
          'Content-Type: application/json',
          'x-amzn-ErrorType: MissingAuthenticationTokenException',
          `x-amzn-RequestId: ${randomUUID()}`,
          `x-amz-apigw-id: ${randomBytes(11).toString('base64')}`,
        ]
      : []),
  ];
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...headers, '', ''].join('\r\n');
  return head + body;
}
