import type { Integration } from '../../import-document.ts';
import type { Call } from '../call.ts';
import type { GatewayFailure } from '../gateway-failure.ts';
import { isFailure } from '../gateway-failure.ts';
import { findHeader } from '../gateway-request.ts';
import type { StreamLimits } from '../gateway-settings.ts';
import type { HttpReply } from '../to-http-reply.ts';
import { toHttpReply } from '../to-http-reply.ts';
import { toProxyEvent } from '../to-proxy-event.ts';
import type { StreamedReply } from './call-stream.ts';
import { callStream } from './call-stream.ts';
import type { Invoke, InvokeStream } from './invoke.ts';

/** Lambda's limit on the payload of an event, and on that of a result (fact 43). */
const MAX_PAYLOAD_BYTES = 6_291_456;

/** The functions behind the API, and the limits of those that stream. */
export type Functions = { invoke: Invoke; invokeStream: InvokeStream; streamLimits: StreamLimits };

/** Answers a valid request: from the function, or from the gateway itself for a mock integration. */
export const callIntegration = async (
  { invoke, invokeStream, streamLimits }: Functions,
  call: Call,
): Promise<HttpReply | StreamedReply | GatewayFailure> => {
  const integration = call.route.operation['x-amazon-apigateway-integration'];
  if (integration.type === 'mock') return toMockReply(integration, call);
  const event = JSON.stringify(toProxyEvent(call));
  if (Buffer.byteLength(event) > MAX_PAYLOAD_BYTES) {
    return { type: 'REQUEST_TOO_LARGE', message: 'Request Too Long' };
  }
  const headers = { 'X-Amzn-Trace-Id': call.request.traceId };
  const { uri, timeoutInMillis: totalMs, responseTransferMode: mode } = integration;
  if (mode === 'STREAM') {
    const output = invokeStream(JSON.parse(event), { signal: call.signal, uri });
    const streamed = await callStream(output, { ...streamLimits, totalMs });
    return isFailure(streamed)
      ? streamed
      : { ...streamed, headers: { ...streamed.headers, ...headers } };
  }
  const outcome = await withTimeout(run(invoke, event, call.signal), totalMs);
  if (outcome === TIMED_OUT) {
    return { type: 'INTEGRATION_TIMEOUT', message: 'Endpoint request timed out' };
  }
  const reply = toHttpReply(outcome);
  if (!reply) return { type: 'DEFAULT_5XX', message: 'Internal server error' };
  return { ...reply, headers: { ...reply.headers, ...headers } };
};

/** Passes event and result through JSON, as Lambda does; undefined if the function fails or its result is too large. */
async function run(invoke: Invoke, event: string, signal: AbortSignal): Promise<unknown> {
  try {
    const result = JSON.stringify(await invoke(JSON.parse(event), { signal }));
    const isTooLarge = Buffer.byteLength(result ?? '') > MAX_PAYLOAD_BYTES;
    return isTooLarge || result === undefined ? undefined : JSON.parse(result);
  } catch (error) {
    console.error('The function failed:', error);
    return undefined;
  }
}

const TIMED_OUT = Symbol('timed out');

async function withTimeout(result: Promise<unknown>, milliseconds: number): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds, TIMED_OUT);
  });
  const first = await Promise.race([result, timeout]);
  clearTimeout(timer);
  return first;
}

/** A preflight's reply (fact 38). */
function toMockReply(
  { responses }: Extract<Integration, { type: 'mock' }>,
  { request }: Call,
): HttpReply {
  const { statusCode, responseParameters, responseTemplates } = responses.default;
  const headers = Object.entries(responseParameters).map(([name, value]) => [
    name.replace('method.response.header.', ''),
    value.slice(1, -1),
  ]);
  return {
    status: Number(statusCode),
    headers: {
      'Content-Type': 'application/json',
      ...Object.fromEntries(headers),
      ...toOwnOrigin(responseTemplates, findHeader(request, 'origin')),
    },
    body: '',
  };
}

/** Does what the one template of our documents does: names the page's origin, if the template lists it. */
function toOwnOrigin(templates: Record<string, string> = {}, origin = ''): HttpReply['headers'] {
  const listed = [...(templates['application/json'] ?? '').matchAll(/\$origin == "([^"]+)"/g)];
  const isListed = listed.some(([, one]) => one === origin);
  return isListed ? { 'Access-Control-Allow-Origin': origin } : {};
}
