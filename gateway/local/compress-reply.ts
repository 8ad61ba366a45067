import { gzipSync } from 'node:zlib';
import type { ImportDocument } from '../import-document.ts';
import type { GatewayRequest } from './gateway-request.ts';
import { findHeader } from './gateway-request.ts';
import type { HttpReply } from './http-reply.ts';

/** Compresses what is long enough, for clients that take it (fact 37). */
export const compressReply = (
  reply: HttpReply,
  request: GatewayRequest,
  document: ImportDocument,
): HttpReply => {
  const minimum =
    document['x-amazon-apigateway-minimum-compression-size'] ?? Number.POSITIVE_INFINITY;
  const accepts = /\bgzip\b/.test(findHeader(request, 'accept-encoding') ?? '');
  if (!accepts || Buffer.byteLength(reply.body) < minimum) return reply;
  return {
    ...reply,
    headers: { ...reply.headers, 'Content-Encoding': 'gzip' },
    body: gzipSync(reply.body),
  };
};
