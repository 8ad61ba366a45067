import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Call } from './call.ts';
import type { GatewayRequest } from './gateway-request.ts';
import { findHeader } from './gateway-request.ts';
import type { Stage } from './gateway-settings.ts';
import type { Route } from './routes.ts';

// Headers that the function does not receive (fact 48).
const DROPPED = new Set([
  'connection',
  'content-length',
  'content-md5',
  'expect',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'www-authenticate',
]);

type Identity = APIGatewayProxyEvent['requestContext']['identity'];

/** The event that API Gateway sends to a function: REST API proxy, payload version 1.0 (facts 44–50). */
export const toProxyEvent = (call: Call): APIGatewayProxyEvent => {
  const { request, body, route, stage } = call;
  const headers = toHeaders(request);
  const { query } = request;
  return {
    resource: route.resource,
    path: toPath(route, stage),
    httpMethod: request.method,
    headers: Object.fromEntries(headers),
    multiValueHeaders: toLists(headers),
    queryStringParameters: query.length > 0 ? Object.fromEntries(query) : null,
    multiValueQueryStringParameters: query.length > 0 ? toLists(query) : null,
    pathParameters: Object.keys(route.pathParameters).length > 0 ? route.pathParameters : null,
    stageVariables: stage.variables ?? null,
    requestContext: toRequestContext(call),
    body: (body.isBinary ? body.bytes.toString('base64') : body.text) || null,
    isBase64Encoded: body.isBinary,
  };
};

/** Behind a base path, with all that the client sent; else without the stage (fact 47). */
const toPath = ({ path, fullPath }: Route, { basePath }: Stage): string =>
  basePath ? fullPath.replace(/^\/+/, '/') : path;

// Each is one value, with what a client or proxy before the gateway has sent (fact 94).
const FORWARDED = new Set([
  'x-amzn-trace-id',
  'x-forwarded-for',
  'x-forwarded-port',
  'x-forwarded-proto',
]);

function toHeaders(request: GatewayRequest): [string, string][] {
  const kept = request.headers.filter(
    ([name]) => !DROPPED.has(name.toLowerCase()) && !FORWARDED.has(name.toLowerCase()),
  );
  const before = request.headers.filter(([name]) => name.toLowerCase() === 'x-forwarded-for');
  return [
    ...kept.map(([name, value]): [string, string] => [titleCase(name), value]),
    ['X-Amzn-Trace-Id', request.traceId],
    ['X-Forwarded-For', [...before.map(([, value]) => value), request.sourceIp].join(', ')],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  ];
}

const TITLE_CASED = new Map([
  ['authorization', 'Authorization'],
  ['user-agent', 'User-Agent'],
  ['host', 'Host'],
]);
const titleCase = (name: string): string => TITLE_CASED.get(name.toLowerCase()) ?? name;

function toLists(pairs: [string, string][]): Record<string, string[]> {
  // Not a plain object, which already has a `constructor`.
  const lists = new Map<string, string[]>();
  for (const [name, value] of pairs) lists.set(name, [...(lists.get(name) ?? []), value]);
  return Object.fromEntries(lists);
}

function toRequestContext({
  request,
  route,
  stage,
  caller,
  authorizer,
}: Call): APIGatewayProxyEvent['requestContext'] {
  const domainName = findHeader(request, 'host') ?? 'localhost';
  const context: Omit<APIGatewayProxyEvent['requestContext'], 'authorizer'> = {
    accountId: '000000000000',
    apiId: 'local',
    domainName,
    domainPrefix: domainName.split('.', 1)[0],
    extendedRequestId: request.extendedRequestId,
    httpMethod: request.method,
    identity: toIdentity(request, caller?.id),
    path: route.fullPath,
    protocol: 'HTTP/1.1',
    requestId: request.requestId,
    requestTime: toLogTime(request.receivedAt),
    requestTimeEpoch: request.receivedAt.getTime(),
    resourceId: 'local',
    resourcePath: route.resource,
    stage: stage.name,
    ...(route.method.operationId && { operationName: route.method.operationId }),
    ...(authorizer && { authorizer }),
  };
  // Without an authorizer, `authorizer` is absent, not null (fact 49); the type requires it.
  return context as APIGatewayProxyEvent['requestContext'];
}

/** The API key is present only where one is required (fact 49); the type requires it, and a certificate. */
function toIdentity(request: GatewayRequest, apiKeyId: string | undefined): Identity {
  const identity: Omit<Identity, 'apiKey' | 'apiKeyId' | 'clientCert'> = {
    accessKey: null,
    accountId: null,
    caller: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    sourceIp: request.sourceIp,
    user: null,
    userAgent: findHeader(request, 'user-agent') ?? null,
    userArn: null,
  };
  const key = apiKeyId && { apiKey: findHeader(request, 'x-api-key'), apiKeyId };
  return { ...identity, ...key } as Identity;
}

/** A date in the common log format, such as `24/Nov/2026:04:10:00 +0000`. */
export function toLogTime(date: Date): string {
  const [, day, month, year, time] = date.toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
