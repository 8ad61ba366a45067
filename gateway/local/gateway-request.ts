import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import type { ImportDocument } from '../import-document.ts';
import type { GatewayFailure } from './gateway-failure.ts';
import { isFailure } from './gateway-failure.ts';

/** An HTTP request as API Gateway sees it. */
export type GatewayRequest = {
  requestId: string;
  extendedRequestId: string;
  traceId: string;
  receivedAt: Date;
  method: string;
  /** Not decoded, without the query (fact 47). */
  path: string;
  query: [name: string, value: string][];
  /** Names as the client wrote them, in its order. */
  headers: [name: string, value: string][];
  /** Decompressed; a failure where it cannot be had. */
  body: string | GatewayFailure;
  sourceIp: string;
};

/** API Gateway's limit on a request's payload (fact 43). */
const MAX_BODY_BYTES = 10_485_760;

export const readRequest = async (
  message: IncomingMessage,
  document: ImportDocument,
): Promise<GatewayRequest> => {
  const [path = '/', ...query] = (message.url ?? '/').split('?');
  const receivedAt = new Date();
  const seconds = Math.floor(receivedAt.getTime() / 1000);
  return {
    requestId: randomUUID(),
    extendedRequestId: randomBytes(11).toString('base64'),
    traceId: `Root=1-${seconds.toString(16)}-${randomBytes(12).toString('hex')}`,
    receivedAt,
    method: message.method ?? 'GET',
    path,
    // A plus is a space (fact 46).
    query: [...new URLSearchParams(query.join('?'))],
    headers: toPairs(message.rawHeaders),
    body: await readBody(message, document),
    sourceIp: message.socket.remoteAddress ?? '127.0.0.1',
  };
};

/** The last value of a header, whatever the case of its name. */
export const findHeader = (
  { headers }: Pick<GatewayRequest, 'headers'>,
  name: string,
): string | undefined => headers.findLast(([header]) => header.toLowerCase() === name)?.[1];

async function readBody(
  message: IncomingMessage,
  document: ImportDocument,
): Promise<GatewayRequest['body']> {
  const bytes = await readBytes(message);
  if (isFailure(bytes)) return bytes;
  const encoding = message.headers['content-encoding'];
  const isCompressible = 'x-amazon-apigateway-minimum-compression-size' in document;
  const isPlain = bytes.length === 0 || !encoding || encoding === 'identity';
  if (isPlain || !isCompressible) return bytes.toString();
  return decompress(bytes, encoding);
}

const tooLarge: GatewayFailure = {
  type: 'HTTP_CONTENT_LENGTH',
  message: `HTTP content length exceeded ${MAX_BODY_BYTES} bytes.`,
};

/** What follows on too large a body is not read. */
async function readBytes(message: IncomingMessage): Promise<Buffer | GatewayFailure> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

type Decode = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;
const DECODERS = new Map<string, Decode>([
  ['gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
]);

/** Bounded, so that a few bytes cannot fill the memory. */
async function decompress(bytes: Buffer, encoding: string): Promise<GatewayRequest['body']> {
  const decode = DECODERS.get(encoding.toLowerCase());
  if (!decode) return { type: 'UNSUPPORTED_MEDIA_TYPE', message: 'Unsupported Media Type' };
  try {
    return (await decode(bytes, { maxOutputLength: MAX_BODY_BYTES })).toString();
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      ? tooLarge
      : {
          type: 'BAD_REQUEST_BODY',
          message: 'Invalid request body',
          details: '[Content-Encoding]',
        };
  }
}

function toPairs(raw: string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    pairs.push([raw[index] ?? '', raw[index + 1] ?? '']);
  }
  return pairs;
}
