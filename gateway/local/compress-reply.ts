import { deflateSync, gzipSync } from 'node:zlib';
import Negotiator from 'negotiator';
import type { Api } from '../document/api.ts';
import type { GatewayRequest } from './gateway-request.ts';
import { findHeader } from './gateway-request.ts';
import type { HttpReply } from './to-http-reply.ts';

const ENCODERS = new Map([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
]);

/** Compresses a long reply in the coding that the client prefers, if API Gateway supports it (fact 37). */
export const compressReply = (
  reply: HttpReply,
  request: GatewayRequest,
  { minimumCompressionSize = Number.POSITIVE_INFINITY }: Api,
): HttpReply => {
  const coding = findPreferred(findHeader(request, 'accept-encoding'));
  const encode = ENCODERS.get(coding);
  if (!encode || Buffer.byteLength(reply.body) < minimumCompressionSize || isEncoded(reply))
    return reply;
  return {
    ...reply,
    headers: { ...reply.headers, 'Content-Encoding': coding },
    body: encode(reply.body),
  };
};

/** The coding of the highest priority, even an unsupported one; `*` stands for any supported one. */
function findPreferred(accepted = ''): string {
  const negotiator = new Negotiator({ headers: { 'accept-encoding': accepted } });
  const [first = 'identity'] = negotiator.encodings();
  if (first !== '*') return first.toLowerCase();
  return negotiator.encodings([...ENCODERS.keys()])[0] ?? 'identity';
}

const isEncoded = ({ headers }: HttpReply): boolean =>
  Object.keys(headers).some((name) => name.toLowerCase() === 'content-encoding');
