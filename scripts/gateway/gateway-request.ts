import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** An HTTP request as API Gateway sees it. */
export type GatewayRequest = {
  requestId: string;
  receivedAt: Date;
  method: string;
  /** Not decoded, without the query (fact 47). */
  path: string;
  query: URLSearchParams;
  /** Names as the client wrote them, in its order. */
  headers: [name: string, value: string][];
  body: string;
  isTooLarge: boolean;
  sourceIp: string;
};

/** API Gateway's limit on a request's payload (fact 43). */
export const MAX_BODY_BYTES = 10_485_760;

export const readRequest = async (message: IncomingMessage): Promise<GatewayRequest> => {
  const [path = '/', ...query] = (message.url ?? '/').split('?');
  const body = await readBody(message);
  return {
    requestId: randomUUID(),
    receivedAt: new Date(),
    method: message.method ?? 'GET',
    path,
    query: new URLSearchParams(query.join('?')),
    headers: toPairs(message.rawHeaders),
    body: body ?? '',
    isTooLarge: body === undefined,
    sourceIp: message.socket.remoteAddress ?? '127.0.0.1',
  };
};

/** The last value of a header, whatever the case of its name. */
export const findHeader = (
  { headers }: Pick<GatewayRequest, 'headers'>,
  name: string,
): string | undefined => headers.findLast(([header]) => header.toLowerCase() === name)?.[1];

/** Undefined when it is too large; what follows is not read. */
async function readBody(message: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function toPairs(raw: string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    pairs.push([raw[index] ?? '', raw[index + 1] ?? '']);
  }
  return pairs;
}
