import { toFunctionUri, toStreamUri } from '../../../gateway/function-uri.ts';

export const API_KEY = 'a-key-of-the-comparison-01';

const INTEGRATION = 'x-amazon-apigateway-integration';
const VALIDATOR = 'x-amazon-apigateway-request-validator';
const text = { type: 'string' };

const lambda = (more: object = {}) => ({
  responses: {},
  [INTEGRATION]: {
    type: 'aws_proxy',
    httpMethod: 'POST',
    uri: toFunctionUri('f'),
    timeoutInMillis: 1_000,
  },
  ...more,
});
const mock = (response: object) => ({
  type: 'mock',
  requestTemplates: { 'application/json': '{"statusCode": 200}' },
  responses: { default: { statusCode: '200', ...response } },
});
const ALLOWED = 'Access-Control-Allow-Origin';

/** The API by which gateways are compared. */
export const toOwnDocument = (backend: string) => ({
  openapi: '3.0.1',
  info: { title: 'compared', version: '1' },
  paths: {
    '/a': {
      get: lambda(),
      post: lambda(),
      options: {
        responses: { 200: { description: 'ok', headers: { [ALLOWED]: { schema: text } } } },
        [INTEGRATION]: mock({
          responseParameters: { [`method.response.header.${ALLOWED}`]: "'*'" },
        }),
      },
    },
    '/key': { get: lambda({ security: [{ key: [] }] }) },
    '/q': {
      get: lambda({
        parameters: [{ name: 'q', in: 'query', required: true, schema: text }],
        [VALIDATOR]: 'all',
      }),
    },
    '/model': {
      post: lambda({
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Person' } } },
        },
        [VALIDATOR]: 'all',
      }),
    },
    '/items/{id}': { get: lambda() },
    '/jobs/run': { get: lambda() },
    '/jobs/{proxy+}': { post: lambda() },
    '/all/{proxy+}': { 'x-amazon-apigateway-any-method': lambda() },
    '/mock': {
      get: {
        responses: { 200: { description: 'ok' } },
        [INTEGRATION]: mock({ responseTemplates: { 'application/json': '{"status":"ok"}' } }),
      },
    },
    '/http': {
      get: {
        responses: {},
        [INTEGRATION]: { type: 'http_proxy', httpMethod: 'GET', uri: `${backend}/back` },
      },
    },
    '/stream': {
      get: {
        responses: {},
        [INTEGRATION]: {
          type: 'aws_proxy',
          httpMethod: 'POST',
          uri: toStreamUri('live'),
          responseTransferMode: 'STREAM',
        },
      },
    },
  },
  components: {
    schemas: {
      Person: { type: 'object', required: ['name'], properties: { name: text } },
    },
    securitySchemes: { key: { type: 'apiKey', name: 'x-api-key', in: 'header' } },
  },
  'x-amazon-apigateway-request-validators': {
    all: { validateRequestBody: true, validateRequestParameters: true },
  },
  'x-amazon-apigateway-gateway-responses': {
    MISSING_AUTHENTICATION_TOKEN: {
      responseParameters: { 'gatewayresponse.header.X-Own': "'yes'" },
    },
  },
  'x-amazon-apigateway-binary-media-types': ['image/png'],
  'x-amazon-apigateway-minimum-compression-size': 1_000,
});
