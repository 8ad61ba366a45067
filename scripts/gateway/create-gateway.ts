import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { GatewayResponseType } from '../../cdktf/gateway-responses.ts';
import type { ImportDocument } from '../../cdktf/import-document.ts';
import type { ApiKeys } from './api-keys.ts';
import type { GatewayRequest } from './gateway-request.ts';
import { MAX_BODY_BYTES, readRequest } from './gateway-request.ts';
import type { HttpReply } from './http-reply.ts';
import { renderGatewayResponse } from './render-gateway-response.ts';
import type { Route } from './routes.ts';
import { createRoutes } from './routes.ts';
import { toHttpReply } from './to-http-reply.ts';
import { toProxyEvent } from './to-proxy-event.ts';
import { createRequestValidator } from './validate-request.ts';

export type Gateway = {
  /** What AWS would import. */
  document: ImportDocument;
  /** Calls the function behind the API, as Lambda does; what it throws or returns is judged here. */
  invoke: (event: APIGatewayProxyEvent) => Promise<unknown>;
  apiKeys: ApiKeys;
  /** The deployment stage, `$context.stage` of every request. */
  stage: string;
};

/** An Amazon API Gateway REST API on a laptop; ../shared facts by number are those of api-gateway.md. */
export const createGateway = (gateway: Gateway): RequestListener => {
  const answer = createAnswer(gateway);
  return async (message: IncomingMessage, response: ServerResponse) => {
    const request = await readRequest(message);
    const reply = request.isTooLarge ? tooLarge() : await answer(request);
    response.writeHead(reply.status, { ...reply.headers, 'x-amzn-RequestId': request.requestId });
    response.end(message.method === 'HEAD' ? undefined : reply.body);
    // The rest of a body that was refused is not waited for.
    if (request.isTooLarge) message.destroy();
  };
};

/** In API Gateway's order: route, key, parameters, body, function (facts 29 and 31). */
function createAnswer({ document, invoke, apiKeys, stage }: Gateway) {
  const findRoute = createRoutes(document);
  const validate = createRequestValidator(document);
  return async (request: GatewayRequest): Promise<HttpReply> => {
    const fail = (type: GatewayResponseType, message: string, details?: string): HttpReply =>
      renderGatewayResponse(document, type, { requestId: request.requestId, message, details });

    const route = findRoute(request.method, request.path);
    if (!route) return fail('MISSING_AUTHENTICATION_TOKEN', 'Missing Authentication Token');
    const apiKeyId = apiKeys.findId(request.headers);
    if (needsKey(route) && !apiKeyId) return fail('INVALID_API_KEY', 'Forbidden');
    const invalid = validate(route, request);
    if (invalid) return fail(invalid.type, invalid.message, invalid.details);

    const event = toProxyEvent({
      request,
      route,
      stage,
      apiKeyId: needsKey(route) ? apiKeyId : undefined,
    });
    const result = await withTimeout(invoke(event), route.operation);
    if (result === TIMED_OUT) return fail('INTEGRATION_TIMEOUT', 'Endpoint request timed out');
    return toHttpReply(result) ?? fail('DEFAULT_5XX', 'Internal server error');
  };
}

const needsKey = ({ operation }: Route): boolean => operation.security.length > 0;

const TIMED_OUT = Symbol('timed out');

/** A function that throws has no result: undefined. */
function withTimeout(result: Promise<unknown>, operation: Route['operation']): Promise<unknown> {
  const { timeoutInMillis } = operation['x-amazon-apigateway-integration'];
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeoutInMillis, TIMED_OUT);
    result
      .catch((error: unknown) => console.error('The function failed:', error))
      .then(resolve)
      .finally(() => clearTimeout(timer));
  });
}

/** Not to be customised on AWS (fact 35). */
const tooLarge = (): HttpReply => ({
  status: 413,
  headers: { 'Content-Type': 'text/plain' },
  body: `HTTP content length exceeded ${MAX_BODY_BYTES} bytes.`,
});
