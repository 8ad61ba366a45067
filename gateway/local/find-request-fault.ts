import { createHash } from 'node:crypto';
import type { GatewayFailure } from './gateway-failure.ts';
import type { GatewayRequest } from './gateway-request.ts';
import { findHeader } from './gateway-request.ts';

/** Of a regional endpoint: characters of the URL, and bytes of all headers (fact 43). */
const MAX_URL = 10_240;
const MAX_HEADER_BYTES = 10_240;

/** Finds what is refused before anybody looks for a method (facts 43 and 98). */
export const findRequestFault = ({ url, headers }: GatewayRequest): GatewayFailure | undefined => {
  if (url.length > MAX_URL) return { type: 'URI_TOO_LONG', message: 'URI Too Long' };
  if (countBytes(headers) > MAX_HEADER_BYTES) {
    return { type: 'HEADERS_TOO_LARGE', message: 'Request Header Fields Too Large' };
  }
  const hosts = headers.filter(([name]) => name.toLowerCase() === 'host');
  const isBad = hosts.length > 1 || hosts.some(([, value]) => !HOST.test(value));
  return isBad ? { type: 'NO_REQUEST', message: 'Bad Request' } : undefined;
};

/** A host and a port (RFC 3986, section 3.2.2). */
const HOST = /^(\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(:\d*)?$/i;

const countBytes = (headers: GatewayRequest['headers']): number =>
  headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);

/**
 * Where there is no method, AWS takes the `Authorization` header for one of its own signatures, and complains of that
 * (table C1).
 */
export const findSignatureFault = (
  { type }: GatewayFailure,
  request: GatewayRequest,
): GatewayFailure | undefined => {
  const header = findHeader(request, 'authorization');
  if (type !== 'MISSING_AUTHENTICATION_TOKEN' || !header || header.startsWith('AWS4-')) {
    return undefined;
  }
  const hash = createHash('sha256').update(header).digest('base64');
  const pairs = header.slice(header.indexOf(' ') + 1).split(',');
  return {
    type: 'INVALID_SIGNATURE',
    message: pairs.every((pair) => pair.includes('='))
      ? `${[...REQUIRED, ...(hasDate(request) ? [] : [NO_DATE])].join(' ')} Authorization=${header}`
      : `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${hash}'.`,
  };
};

const REQUIRED = ['Credential', 'Signature', 'SignedHeaders'].map(
  (name) => `Authorization header requires '${name}' parameter.`,
);
const NO_DATE =
  "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";

const hasDate = (request: GatewayRequest): boolean =>
  findHeader(request, 'x-amz-date') !== undefined || findHeader(request, 'date') !== undefined;
