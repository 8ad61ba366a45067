import type { APIGatewayProxyEvent } from 'aws-lambda';

const DEVICE = '8f188304-e7b3-4a16-a243-b9470468478a';
const DAY = '2026-05-05';
const AGENT = 'iot-device/1.4 (firmware 2026.04)';

/** The nth event of a device's day, about 120 bytes of JSON. */
export const toNewEvent = (
  nth: number,
  eventType = 'temp_celsius',
  value: unknown = 20 + (nth % 100) / 10,
) => ({
  date: new Date(Date.parse(`${DAY}T00:00:00Z`) + nth * 1_000).toISOString(),
  deviceID: DEVICE,
  eventType,
  value,
});

export const toPost = (body: unknown, path = '/events'): APIGatewayProxyEvent =>
  toProxyEvent('POST', path, {}, JSON.stringify(body));

export const toGet = (query: Record<string, string> = {}): APIGatewayProxyEvent =>
  toProxyEvent('GET', '/events', {
    deviceID: DEVICE,
    eventType: 'temp_celsius',
    date: DAY,
    ...query,
  });

/** The event that a REST API of API Gateway sends to the function: payload version 1.0. */
export function toProxyEvent(
  method: string,
  path: string,
  query: Record<string, string>,
  body: string | null = null,
): APIGatewayProxyEvent {
  const headers = {
    Accept: 'application/json',
    Host: 'a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com',
    'User-Agent': AGENT,
    'x-api-key': 'a-key-of-the-benchmark-0123456789',
    ...(body !== null && {
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(body)),
    }),
  };
  const isQuery = Object.keys(query).length > 0;
  return {
    resource: path,
    path,
    httpMethod: method,
    headers,
    multiValueHeaders: mapValues(headers, (value) => [value]),
    queryStringParameters: isQuery ? query : null,
    multiValueQueryStringParameters: isQuery ? mapValues(query, (value) => [value]) : null,
    pathParameters: null,
    stageVariables: null,
    requestContext: toContext(method, path),
    body,
    isBase64Encoded: false,
  };
}

const toContext = (method: string, path: string): APIGatewayProxyEvent['requestContext'] => ({
  accountId: '123456789012',
  apiId: 'a1b2c3d4e5',
  authorizer: null,
  protocol: 'HTTP/1.1',
  httpMethod: method,
  identity: {
    accessKey: null,
    accountId: null,
    caller: null,
    clientCert: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    apiKey: 'the key itself',
    apiKeyId: 'k1',
    user: null,
    userArn: null,
    sourceIp: '192.0.2.1',
    userAgent: AGENT,
  },
  path: `/v1${path}`,
  stage: 'v1',
  requestId: '0c8a7e5e-7b0a-4a53-b4d4-3b8a2f9d5c11',
  requestTimeEpoch: 1_777_999_999_000,
  resourceId: 'r1',
  resourcePath: path,
});

const mapValues = <From, To>(map: Record<string, From>, change: (value: From) => To) =>
  Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value)]));
