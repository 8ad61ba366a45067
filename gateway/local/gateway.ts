import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { callIntegration } from './call-integration.ts';
import { compressReply } from './compress-reply.ts';
import type { GatewayFailure } from './gateway-failure.ts';
import { isFailure } from './gateway-failure.ts';
import type { GatewayRequest } from './gateway-request.ts';
import { findHeader, readRequest } from './gateway-request.ts';
import type { GatewaySettings } from './gateway-settings.ts';
import type { Invoke } from './invoke.ts';
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
export const createGateway = (settings: GatewaySettings, invoke: Invoke): RequestListener => {
  const answer = createAnswer(settings, invoke);
  return async (message: IncomingMessage, response: ServerResponse) => {
    try {
      const request = await readRequest(message, settings.document);
      const outcome = isFailure(request.body) ? request.body : await answer(request).catch(fail);
      const reply = isFailure(outcome)
        ? renderFailure(settings.document, outcome, request)
        : outcome;
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

/** An error inside the gateway, such as an unusable model, fails one request, as on AWS (fact 23). */
function fail(error: unknown): GatewayFailure {
  console.error('The gateway failed:', error);
  return { type: 'API_CONFIGURATION_ERROR', message: 'Internal server error' };
}

/** Follows API Gateway's order: route, key, rate, quota, parameters, body, integration (facts 29 and 31). */
function createAnswer({ document, stage, usagePlan }: GatewaySettings, invoke: Invoke) {
  const findRoute = createRoutes(document, stage);
  const findCaller = createUsagePlan(usagePlan);
  const tryStageRate = createRate(stage.throttle);
  const validate = createRequestValidator(document);
  return async (request: GatewayRequest): Promise<HttpReply | GatewayFailure> => {
    const route = findRoute(request.method, request.path);
    if (isFailure(route)) return route;
    const caller = needsKey(route) ? findCaller(findHeader(request, 'x-api-key')) : undefined;
    if (needsKey(route) && !caller) return { type: 'INVALID_API_KEY', message: 'Forbidden' };
    if (caller && !caller.tryRate()) return throttled;
    if (!tryStageRate()) return throttled;
    if (caller && !caller.tryQuota(request.receivedAt)) return overQuota;
    const invalid = validate(route, request);
    return invalid ?? callIntegration(invoke, { request, route, stage, caller });
  };
}

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
