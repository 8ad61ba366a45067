import { isUtf8 } from 'node:buffer';
import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import type { ImportDocument } from '../import-document.ts';
import type { GatewayFailure } from './gateway-failure.ts';
import { isFailure } from './gateway-failure.ts';

/** The head of an HTTP request as API Gateway reads it. */
export type GatewayRequest = {
  requestId: string;
  extendedRequestId: string;
  traceId: string;
  receivedAt: Date;
  method: string;
  /** Not decoded, without the query (fact 47). */
  path: string;
  query: [name: string, value: string][];
  /** In the client's order and spelling. */
  headers: [name: string, value: string][];
  sourceIp: string;
};

/** A request's body, decompressed. */
export type GatewayBody = {
  text: string;
  /** Whether the bytes were UTF-8; if not, the text has U+FFFD for those that were not (fact 79). */
  isUtf8: boolean;
};

/** API Gateway's limit on a request's payload (fact 43). */
const MAX_BODY_BYTES = 10_485_760;

export const readHead = (message: IncomingMessage): GatewayRequest => {
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
    // Decodes `+` to a space (fact 46).
    query: [...new URLSearchParams(query.join('?'))],
    headers: toPairs(message.rawHeaders),
    sourceIp: message.socket.remoteAddress ?? '127.0.0.1',
  };
};

/** @param name in lower case; of several values, the last one counts */
export const findHeader = (
  { headers }: Pick<GatewayRequest, 'headers'>,
  name: string,
): string | undefined => headers.findLast(([header]) => header.toLowerCase() === name)?.[1];

/** Reads and decompresses the body; a failure if it is too large or cannot be decompressed. */
export const readBody = async (
  message: IncomingMessage,
  document: ImportDocument,
): Promise<GatewayBody | GatewayFailure> => {
  const bytes = await readBytes(message);
  if (isFailure(bytes)) return bytes;
  const encoding = message.headers['content-encoding'];
  const isCompressible = 'x-amazon-apigateway-minimum-compression-size' in document;
  const isPlain = bytes.length === 0 || !encoding || encoding === 'identity';
  const plain = isPlain || !isCompressible ? bytes : await decompress(bytes, encoding);
  return isFailure(plain) ? plain : { text: plain.toString(), isUtf8: isUtf8(plain) };
};

const tooLarge: GatewayFailure = {
  type: 'HTTP_CONTENT_LENGTH',
  message: `HTTP content length exceeded ${MAX_BODY_BYTES} bytes.`,
};

/** Stops reading at the limit; the rest of the body stays in the socket. */
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

/** Limits the output, so that a small compressed body cannot exhaust memory. */
async function decompress(bytes: Buffer, encoding: string): Promise<Buffer | GatewayFailure> {
  const decode = DECODERS.get(encoding.toLowerCase());
  if (!decode) return { type: 'UNSUPPORTED_MEDIA_TYPE', message: 'Unsupported Media Type' };
  try {
    return await decode(bytes, { maxOutputLength: MAX_BODY_BYTES });
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
