import { isUtf8 } from 'node:buffer';
import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import type { Api } from '../document/api.ts';
import type { GatewayFailure } from './gateway-failure.ts';
import { isFailure } from './gateway-failure.ts';

/** The head of an HTTP request as API Gateway reads it. */
export type GatewayRequest = {
  requestId: string;
  extendedRequestId: string;
  traceId: string;
  receivedAt: Date;
  method: string;
  /** As it was sent. */
  url: string;
  /** Not decoded, without the query (fact 47). */
  path: string;
  query: [name: string, value: string][];
  /** In the client's order and spelling. */
  headers: [name: string, value: string][];
  sourceIp: string;
};

/** A request's body, decompressed. */
export type GatewayBody = {
  bytes: Buffer;
  /** Whether the function gets it in base64, since its content type is a binary media type (fact 50). */
  isBinary: boolean;
  /** Empty if it is binary. */
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
    traceId:
      findRoot(message.headers['x-amzn-trace-id']) ??
      `Root=1-${seconds.toString(16)}-${randomBytes(12).toString('hex')}`,
    receivedAt,
    method: message.method ?? 'GET',
    url: message.url ?? '/',
    path,
    // Decodes `+` to a space (fact 46).
    query: [...new URLSearchParams(query.join('?'))],
    headers: toPairs(message.rawHeaders),
    sourceIp: message.socket.remoteAddress ?? '127.0.0.1',
  };
};

/** The trace that a client goes on with (fact 94). */
const findRoot = (header: string | string[] | undefined): string | undefined =>
  /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}(?:;[\w=.;-]*)?$/.exec(String(header))?.[0];

/** @param name in lower case; of several values, the last one counts */
export const findHeader = (
  { headers }: Pick<GatewayRequest, 'headers'>,
  name: string,
): string | undefined => headers.findLast(([header]) => header.toLowerCase() === name)?.[1];

/** Reads and decompresses the body; a failure if it is too large or cannot be decompressed. */
export const readBody = async (
  message: IncomingMessage,
  { minimumCompressionSize, binaryMediaTypes }: Api,
): Promise<GatewayBody | GatewayFailure> => {
  const bytes = await readBytes(message);
  if (isFailure(bytes)) return bytes;
  const encoding = message.headers['content-encoding'];
  const isCompressible = minimumCompressionSize !== undefined;
  const isPlain = bytes.length === 0 || !encoding || encoding === 'identity';
  const plain = isPlain || !isCompressible ? bytes : await decompress(bytes, encoding);
  if (isFailure(plain)) return plain;
  const type = message.headers['content-type'] ?? 'application/json';
  const isBinary = plain.length > 0 && isBinaryType(type, binaryMediaTypes);
  const text = isBinary ? '' : plain.toString();
  return { bytes: plain, isBinary, text, isUtf8: isBinary || isUtf8(plain) };
};

/** Whether a media type is one of the binary ones, exactly or by their wildcard for all (facts 50 and 53). */
export const isBinaryType = (type: string, binaryMediaTypes: string[]): boolean => {
  const [essence = ''] = type.toLowerCase().split(';', 1);
  return binaryMediaTypes.some((known) => ['*/*', essence.trim()].includes(known.toLowerCase()));
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
