import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEvent } from 'aws-lambda';

export type ProxyRequest = {
  method?: string;
  path?: string;
  query?: Record<string, string | string[]>;
  headers?: Record<string, string>;
  body?: string | null;
  /** null where the gateway found no valid key. */
  apiKeyId?: string | null;
};

/** What a REST API of API Gateway hands to the function: payload version 1.0, null for an empty map. */
export const proxyEvent = (request: ProxyRequest = {}): APIGatewayProxyEvent => {
  const { method = 'GET', path = '/events', query = {}, headers = {}, body = null } = request;
  const { apiKeyId = 'k1' } = request;
  return {
    resource: path,
    path,
    httpMethod: method,
    headers: orNull(mapValues(headers, (value) => value)) as APIGatewayProxyEvent['headers'],
    multiValueHeaders: orNull(
      mapValues(headers, (value) => [value]),
    ) as APIGatewayProxyEvent['multiValueHeaders'],
    queryStringParameters: orNull(mapValues(query, (value) => [value].flat().at(-1))),
    multiValueQueryStringParameters: orNull(mapValues(query, (value) => [value].flat())),
    pathParameters: null,
    stageVariables: null,
    requestContext: {
      accountId: '123456789012',
      apiId: 'a1b2c3d4e5',
      authorizer: null,
      protocol: 'HTTP/1.1',
      httpMethod: method,
      identity: {
        accessKey: null,
        accountId: null,
        apiKey: apiKeyId && 'the key itself',
        apiKeyId,
        caller: null,
        clientCert: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp: '192.0.2.1',
        user: null,
        userAgent: 'vitest',
        userArn: null,
      },
      path: `/v1${path}`,
      stage: 'v1',
      requestId: randomUUID(),
      requestTimeEpoch: 1_777_999_999_000,
      resourceId: 'r1',
      resourcePath: path,
    },
    body,
    isBase64Encoded: false,
  };
};

const mapValues = <From, To>(map: Record<string, From>, change: (value: From) => To) =>
  Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value)]));

const orNull = <Value>(map: Record<string, Value>): Record<string, Value> | null =>
  Object.keys(map).length > 0 ? map : null;
