import type { Api, Integration } from '../../document/api.ts';
import type { Call } from '../call.ts';
import type { LambdaFunction } from '../function/lambda-function.ts';
import type { GatewayFailure } from '../gateway-failure.ts';
import { isFailure } from '../gateway-failure.ts';
import { findHeader, isBinaryType } from '../gateway-request.ts';
import type { StreamLimits } from '../gateway-settings.ts';
import type { FoundFunction } from '../start/find-functions.ts';
import type { HttpReply } from '../to-http-reply.ts';
import { toHttpReply } from '../to-http-reply.ts';
import { toProxyEvent } from '../to-proxy-event.ts';
import type { StreamedReply } from './call-stream.ts';
import { callStream } from './call-stream.ts';
import { TIMED_OUT, withTimeout } from './with-timeout.ts';

/** Lambda's limit on the payload of an event, and on that of a result (fact 43). */
const MAX_PAYLOAD_BYTES = 6_291_456;
const DEFAULT_TIMEOUT_MS = 29_000;

/** Answers by a function: its result as a whole, or its stream. */
export const callFunction = async (
  { run, uri }: FoundFunction,
  { timeoutInMillis: totalMs = DEFAULT_TIMEOUT_MS, responseTransferMode: mode }: Integration,
  call: Call,
  { api, streamLimits }: { api: Api; streamLimits: StreamLimits },
): Promise<HttpReply | StreamedReply | GatewayFailure> => {
  const event = JSON.stringify(toProxyEvent(call));
  if (Buffer.byteLength(event) > MAX_PAYLOAD_BYTES) {
    return { type: 'REQUEST_TOO_LARGE', message: 'Request Too Long' };
  }
  const headers = { 'X-Amzn-Trace-Id': call.request.traceId };
  const context = { signal: call.signal, uri };
  if (mode === 'STREAM') {
    const output = toStream(run, event, context);
    const streamed = await callStream(output, { ...streamLimits, totalMs });
    return isFailure(streamed)
      ? streamed
      : { ...streamed, headers: { ...streamed.headers, ...headers } };
  }
  const outcome = await withTimeout(invoke(run, event, context), totalMs);
  if (outcome === TIMED_OUT) {
    return { type: 'INTEGRATION_TIMEOUT', message: 'Endpoint request timed out' };
  }
  const reply = toHttpReply(outcome, takesBinary(call, api));
  if (!reply) return { type: 'DEFAULT_5XX', message: 'Internal server error' };
  return { ...reply, headers: { ...reply.headers, ...headers } };
};

/** Only the first type of `Accept` counts (fact 37). */
function takesBinary({ request }: Call, { binaryMediaTypes }: Api): boolean {
  const [accepted = ''] = findHeader(request, 'accept')?.split(',') ?? [];
  return isBinaryType(accepted, binaryMediaTypes);
}

type Context = Parameters<LambdaFunction>[1];

/** Passes event and result through JSON, as Lambda does; undefined if the function fails or its result is too large. */
async function invoke(run: LambdaFunction, event: string, context: Context): Promise<unknown> {
  try {
    const result = JSON.stringify(await run(JSON.parse(event), context));
    const isTooLarge = Buffer.byteLength(result ?? '') > MAX_PAYLOAD_BYTES;
    return isTooLarge || result === undefined ? undefined : JSON.parse(result);
  } catch (error) {
    console.error('The function failed:', error);
    return undefined;
  }
}

async function* toStream(
  run: LambdaFunction,
  event: string,
  context: Context,
): AsyncGenerator<Uint8Array> {
  const output = run(JSON.parse(event), context);
  if (!(Symbol.asyncIterator in output)) {
    output.catch(() => undefined);
    throw new Error('The function returned no stream, but its integration says STREAM');
  }
  yield* output;
}
