import type { IncomingMessage, RequestOptions } from 'node:http';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { buffer } from 'node:stream/consumers';
import type { Api, Integration } from '../../document/api.ts';
import type { Call } from '../call.ts';
import { evaluate } from '../evaluate.ts';
import type { GatewayFailure } from '../gateway-failure.ts';
import type { HttpReply } from '../to-http-reply.ts';
import { isHeader } from '../to-http-reply.ts';
import type { StreamedReply } from './call-stream.ts';
import { TIMED_OUT, withTimeout } from './with-timeout.ts';

const DEFAULT_TIMEOUT_MS = 29_000;
// Of the connection, and not of the message (RFC 9110, section 7.6.1).
const OF_CONNECTION = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
// The client receives them under another name (fact 54).
const REMAPPED = new Set(['connection', 'content-md5', 'date', 'server', 'www-authenticate']);

/** Hands a request on to another server, and its reply back to the client (fact 96). */
export const callHttp = async (
  integration: Integration,
  call: Call,
  api: Api,
): Promise<HttpReply | StreamedReply | GatewayFailure> => {
  const { timeoutInMillis = DEFAULT_TIMEOUT_MS, responseTransferMode: mode } = integration;
  const gone = new AbortController();
  const signal = AbortSignal.any([call.signal, gone.signal]);
  try {
    const outcome = await withTimeout(
      send(integration, call, api, signal).then(async (response) => ({
        response,
        body: mode === 'STREAM' ? undefined : await buffer(response),
      })),
      timeoutInMillis,
    );
    if (outcome === TIMED_OUT) {
      gone.abort();
      return { type: 'INTEGRATION_TIMEOUT', message: 'Endpoint request timed out' };
    }
    const { response, body } = outcome;
    const head = { status: response.statusCode ?? 502, headers: toReplyHeaders(response) };
    return body ? { ...head, body } : { ...head, stream: response };
  } catch (error) {
    if (!call.signal.aborted) console.error('The HTTP integration failed:', error);
    return { type: 'INTEGRATION_FAILURE', message: 'Internal server error' };
  }
};

function send(
  integration: Integration,
  call: Call,
  api: Api,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const url = toUrl(integration, call);
  const { httpMethod = 'ANY' } = integration;
  const method = httpMethod.toUpperCase() === 'ANY' ? call.request.method : httpMethod;
  const options: RequestOptions = {
    method,
    headers: toRequestHeaders(integration, call, api),
    signal,
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, resolve);
    request.on('error', reject);
    request.end(toBytes(call));
  });
}

/** The address with its variables replaced, and the client's query. */
export const toUrl = ({ uri = '', requestParameters }: Integration, call: Call): URL => {
  const { stage, request } = call;
  const path = new Map<string, string>();
  const query: [string, string][] = [...request.query];
  for (const [target, expression] of requestParameters) {
    const [, , part, ...steps] = target.split('.');
    const value = evaluate(expression, call);
    if (value === undefined) continue;
    if (part === 'path') path.set(steps.join('.'), value);
    if (part === 'querystring') {
      const name = steps.join('.');
      query.splice(0, query.length, ...query.filter(([other]) => other !== name), [name, value]);
    }
  }
  const address = uri
    .replace(/\$\{stageVariables\.(\w+)\}/g, (_, name: string) => stage.variables?.[name] ?? '')
    .replace(/\{([^}]+)\}/g, (_, name: string) => path.get(name.replace(/\+$/, '')) ?? '');
  const url = new URL(address);
  for (const [name, value] of query) url.searchParams.append(name, value);
  return url;
};

/** Without a binary type, a body passes through text (fact 79). */
const toBytes = ({ body }: Call): Buffer => (body.isBinary ? body.bytes : Buffer.from(body.text));

function toRequestHeaders(
  { requestParameters }: Integration,
  call: Call,
  { minimumCompressionSize }: Api,
) {
  const { request } = call;
  const headers = new Map<string, string[]>();
  const { length } = toBytes(call);
  for (const [name, value] of request.headers) {
    const key = name.toLowerCase();
    // A body that was decompressed is no longer encoded (fact 37).
    const isDecoded = key === 'content-encoding' && minimumCompressionSize !== undefined;
    if (OF_CONNECTION.has(key) || isDecoded) continue;
    headers.set(key, [...(headers.get(key) ?? []), value]);
  }
  for (const [target, expression] of requestParameters) {
    const name = target.replace('integration.request.header.', '');
    const value = evaluate(expression, call);
    if (name !== target && value !== undefined && isHeader(name, value)) {
      headers.set(name.toLowerCase(), [value]);
    }
  }
  const before = headers.get('x-forwarded-for') ?? [];
  headers.set('x-forwarded-for', [[...before, request.sourceIp].join(', ')]);
  headers.set('x-amzn-trace-id', [request.traceId]);
  if (length > 0) headers.set('content-length', [String(length)]);
  return Object.fromEntries(headers);
}

function toReplyHeaders({ rawHeaders }: IncomingMessage): HttpReply['headers'] {
  const headers = new Map<string, string[]>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const isRemapped = REMAPPED.has(name.toLowerCase());
    if (OF_CONNECTION.has(name.toLowerCase()) && !isRemapped) continue;
    const sent = isRemapped ? `x-amzn-Remapped-${name}` : name;
    headers.set(sent, [...(headers.get(sent) ?? []), rawHeaders[index + 1] ?? '']);
  }
  return Object.fromEntries(headers);
}
