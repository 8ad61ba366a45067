import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { compressReply } from './compress-reply.ts';
import type { Functions } from './function/call-integration.ts';
import { callIntegration } from './function/call-integration.ts';
import type { StreamedReply } from './function/call-stream.ts';
import type { Invoke, InvokeStream } from './function/invoke.ts';
import type { GatewayFailure } from './gateway-failure.ts';
import { isFailure } from './gateway-failure.ts';
import type { GatewayBody, GatewayRequest } from './gateway-request.ts';
import { findHeader, readBody, readHead } from './gateway-request.ts';
import type { GatewaySettings } from './gateway-settings.ts';
import { STREAM_LIMITS } from './gateway-settings.ts';
import { renderFailure } from './render-failure.ts';
import { createRequestValidator } from './request-validator.ts';
import type { Route } from './routes.ts';
import { createRoutes } from './routes.ts';
import type { HttpReply } from './to-http-reply.ts';
import { createRate, createUsagePlan } from './usage-plan.ts';

/**
 * An Amazon API Gateway REST API on this machine. It is configured by the document that AWS would import;
 * its behaviour follows the numbered facts of gateway/facts.md.
 */
export const createGateway = (
  settings: GatewaySettings,
  invoke: Invoke,
  invokeStream: InvokeStream = noStreams,
): RequestListener => {
  const { streamLimits = STREAM_LIMITS } = settings;
  const answer = createAnswer(settings, { invoke, invokeStream, streamLimits });
  return async (message: IncomingMessage, response: ServerResponse) => {
    try {
      const request = readHead(message);
      const outcome = await answer(request, message, toSignal(response)).catch((error) =>
        fail(error, message),
      );
      const reply = isFailure(outcome)
        ? renderFailure(settings.document, outcome, request)
        : outcome;
      if ('stream' in reply) {
        message.resume();
        await sendStream(response, request, reply);
        return;
      }
      send(response, request, compressReply(reply, request, settings.document));
      // Discards the rest of a rejected body. Closing at once would reset the connection, and the client
      // might never see its reply (RFC 9112, section 9.6).
      message.resume();
    } catch (error) {
      // If the client has disconnected, there is nobody to answer.
      if (!message.errored) console.error('The gateway failed:', error);
      response.destroy();
    }
  };
};

/** Of a gateway that was given no functions that stream. */
const noStreams: InvokeStream = () => {
  throw new Error('This gateway has no function that streams');
};

/** Ends if the client leaves before it has its reply. */
function toSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** An error inside the gateway, such as an unusable model, fails one request, as on AWS (fact 23). */
function fail(error: unknown, { errored }: IncomingMessage): GatewayFailure {
  if (errored) throw error;
  console.error('The gateway failed:', error);
  return { type: 'API_CONFIGURATION_ERROR', message: 'Internal server error' };
}

/**
 * Follows API Gateway's order: route, key, rate, quota, parameters, body, integration (facts 29 and 31). Reads no body
 * before the key, the rate and the quota allow it.
 */
function createAnswer(settings: GatewaySettings, functions: Functions) {
  const { document, stage, usagePlan, isGoodKey } = settings;
  const findRoute = createRoutes(document, stage);
  const findCaller = createUsagePlan(usagePlan);
  const tryStageRate = createRate(stage.throttle);
  const validate = createRequestValidator(document);
  return async (
    request: GatewayRequest,
    message: IncomingMessage,
    signal: AbortSignal,
  ): Promise<HttpReply | StreamedReply | GatewayFailure> => {
    const route = findRoute(request.method, request.path);
    if (isFailure(route)) return route;
    const key = findHeader(request, 'x-api-key');
    const caller = needsKey(route) ? findCaller(key) : undefined;
    if (needsKey(route) && !caller) return forbidden;
    if (caller && !caller.tryRate()) return throttled;
    if (!tryStageRate()) return throttled;
    if (caller && !caller.tryQuota(request.receivedAt)) return overQuota;
    const takesBody = route.operation.requestBody !== undefined;
    if (takesBody && isGoodKey && !(await isGoodKey(key))) return forbidden;
    const body = takesBody ? await readBody(message, document) : NO_BODY;
    if (isFailure(body)) return body;
    const call = { request, body, route, stage, caller, signal };
    return validate(call) ?? callIntegration(functions, call);
  };
}

// AWS hands on any body. Nobody looks at this one, and anybody may send it: decompressing it would cost the others.
const NO_BODY: GatewayBody = { text: '', isUtf8: true };
const forbidden: GatewayFailure = { type: 'INVALID_API_KEY', message: 'Forbidden' };
const throttled: GatewayFailure = { type: 'THROTTLED', message: 'Too Many Requests' };
const overQuota: GatewayFailure = { type: 'QUOTA_EXCEEDED', message: 'Limit Exceeded' };

const needsKey = ({ operation }: Route): boolean => operation.security.length > 0;

function send(response: ServerResponse, request: GatewayRequest, reply: HttpReply): void {
  // RFC 9110, section 8.6: a 204 has no length; that of a 304 would describe a body that is not sent.
  const hasLength = reply.status !== 204 && reply.status !== 304;
  response.writeHead(reply.status, {
    ...reply.headers,
    ...(hasLength && { 'Content-Length': Buffer.byteLength(reply.body) }),
    'x-amzn-RequestId': request.requestId,
    'x-amz-apigw-id': request.extendedRequestId,
  });
  response.end(request.method === 'HEAD' ? undefined : reply.body);
}

/** Sends a body as it comes, at the pace of the client; not compressed (fact 72). A cut one closes the connection. */
async function sendStream(
  response: ServerResponse,
  request: GatewayRequest,
  { status, headers, stream }: StreamedReply,
): Promise<void> {
  response.writeHead(status, {
    ...headers,
    'x-amzn-RequestId': request.requestId,
    'x-amz-apigw-id': request.extendedRequestId,
  });
  response.flushHeaders();
  try {
    for await (const part of stream) {
      if (response.destroyed) return;
      if (!response.write(part)) {
        await untilDrained(response);
      }
    }
    response.end();
  } catch (error) {
    if (!response.destroyed) console.error('The stream was cut:', error);
    response.destroy();
  }
}

/** Resolves when a client takes more, or has gone. */
const untilDrained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const settle = (): void => {
      response.off('drain', settle);
      response.off('close', settle);
      resolve();
    };
    response.once('drain', settle);
    response.once('close', settle);
  });
