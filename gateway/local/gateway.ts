import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Api } from '../document/api.ts';
import { compressReply } from './compress-reply.ts';
import { findRequestFault, findSignatureFault } from './find-request-fault.ts';
import type { GatewayFailure } from './gateway-failure.ts';
import { isFailure } from './gateway-failure.ts';
import type { GatewayBody, GatewayRequest } from './gateway-request.ts';
import { findHeader, readBody, readHead } from './gateway-request.ts';
import type { GatewaySettings } from './gateway-settings.ts';
import { STREAM_LIMITS } from './gateway-settings.ts';
import type { Backends } from './integration/call-integration.ts';
import { callIntegration } from './integration/call-integration.ts';
import type { StreamedReply } from './integration/call-stream.ts';
import { renderFailure } from './render-failure.ts';
import { createRequestValidator } from './request-validator.ts';
import type { Route } from './routes.ts';
import { createRoutes } from './routes.ts';
import { openDocument } from './start/open-document.ts';
import type { HttpReply } from './to-http-reply.ts';
import { withoutOwn } from './to-http-reply.ts';
import { createRate, createUsagePlan } from './usage-plan.ts';

/**
 * An Amazon API Gateway REST API on this machine. It is configured by the document that AWS would import;
 * its behaviour follows the numbered facts of gateway/facts.md.
 * Throws `DocumentRefused` if the document has what AWS would refuse, or what is not simulated.
 */
export const createGateway = (document: unknown, settings: GatewaySettings): RequestListener => {
  const { api, functions } = openDocument(document, settings);
  const { streamLimits = STREAM_LIMITS, stage } = settings;
  const answer = createAnswer(settings, { api, functions, streamLimits });
  return async (message: IncomingMessage, response: ServerResponse) => {
    try {
      const request = readHead(message);
      const signal = toSignal(response);
      const route = findRequestFault(request) ?? answer.findRoute(request);
      const outcome = isFailure(route)
        ? route
        : await answer
            .answer(route, request, message, signal)
            .catch((error) => fail(error, message));
      const scope = { request, stage, ...(!isFailure(route) && { route }) };
      const reply = isFailure(outcome) ? renderFailure(api, outcome, scope) : outcome;
      if ('stream' in reply) {
        message.resume();
        await sendStream(response, request, reply);
        return;
      }
      send(response, request, compressReply(reply, request, api));
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
function createAnswer(settings: GatewaySettings, backends: Backends) {
  const { stage, plan = { keys: [] }, isGoodKey, bodies = 'all', authorizer } = settings;
  const { api } = backends;
  const findMethod = createRoutes(api, stage);
  const findCaller = createUsagePlan(plan);
  const tryStageRate = createRate(stage.throttle);
  const validate = createRequestValidator(api);
  const answer = async (
    route: Route,
    request: GatewayRequest,
    message: IncomingMessage,
    signal: AbortSignal,
  ): Promise<HttpReply | StreamedReply | GatewayFailure> => {
    const key = findHeader(request, 'x-api-key');
    const needsKey = route.method.security?.flat().some((name) => isKey(name, api)) ?? false;
    const caller = needsKey ? findCaller(key) : undefined;
    if (needsKey && !caller) return forbidden;
    if (caller && !caller.tryRate()) return throttled;
    if (!tryStageRate()) return throttled;
    if (caller && !caller.tryQuota(request.receivedAt)) return overQuota;
    const isDeclared = route.method.body !== undefined;
    const takesBody = isDeclared || (bodies === 'all' && hasBody(message));
    if (takesBody && isGoodKey && !(await isGoodKey(key))) return forbidden;
    const body = takesBody ? await readBody(message, api) : NO_BODY;
    if (isFailure(body)) return body;
    const isAuthorized = route.method.security?.flat().some((name) => isAuthorizer(name, api));
    const context = isAuthorized ? authorizer : undefined;
    const call = { request, body, route, stage, caller, authorizer: context, signal };
    return validate(call) ?? callIntegration(backends, call);
  };
  const findRoute = (request: GatewayRequest): Route | GatewayFailure => {
    const route = findMethod(request.method, request.path);
    return isFailure(route) ? (findSignatureFault(route, request) ?? route) : route;
  };
  return { answer, findRoute };
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** A scheme without an authorizer whose name is `x-api-key` (fact 36). */
function isKey(name: string, { securitySchemes }: Api): boolean {
  const scheme = securitySchemes.get(name);
  return (
    !scheme?.authorizer && scheme?.name?.toLowerCase() === 'x-api-key' && scheme.in === 'header'
  );
}

const isAuthorizer = (name: string, { securitySchemes }: Api): boolean =>
  securitySchemes.get(name)?.authorizer !== undefined;

// AWS hands on any body. Nobody looks at this one, and anybody may send it: decompressing it would cost the others.
const NO_BODY: GatewayBody = { bytes: Buffer.alloc(0), isBinary: false, text: '', isUtf8: true };
const forbidden: GatewayFailure = { type: 'INVALID_API_KEY', message: 'Forbidden' };
const throttled: GatewayFailure = { type: 'THROTTLED', message: 'Too Many Requests' };
const overQuota: GatewayFailure = { type: 'QUOTA_EXCEEDED', message: 'Limit Exceeded' };

function send(response: ServerResponse, request: GatewayRequest, reply: HttpReply): void {
  // RFC 9110, section 8.6: a 204 has no length; that of a 304 would describe a body that is not sent.
  // A HEAD without a body, as of a stream, does not tell how long the reply to GET is.
  const isUnknown = request.method === 'HEAD' && Buffer.byteLength(reply.body) === 0;
  const hasLength = reply.status !== 204 && reply.status !== 304 && !isUnknown;
  response.writeHead(reply.status, {
    ...withoutOwn(reply.headers),
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
    ...withoutOwn(headers),
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
