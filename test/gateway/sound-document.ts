import { toFunctionUri } from '../../gateway/function-uri.ts';

export type Loose = { [key: string]: Loose };

export const INTEGRATION = 'x-amazon-apigateway-integration';
export const RESPONSES = 'x-amazon-apigateway-gateway-responses';

/** A document that AWS takes as it is: of every kind of part that the linter reads, one. */
export const toSoundDocument = () =>
  ({
    openapi: '3.0.1',
    info: { title: 'sound', version: '1' },
    paths: {
      '/pets/{petId}': {
        get: {
          operationId: 'getPet',
          parameters: [{ name: 'petId', in: 'path', required: true, schema: { type: 'string' } }],
          security: [{ key: [] }],
          responses: { '200': { description: 'ok' } },
          [INTEGRATION]: {
            type: 'aws_proxy',
            httpMethod: 'POST',
            uri: toFunctionUri('pets'),
            passthroughBehavior: 'when_no_match',
          },
        },
      },
      '/pets': {
        post: {
          responses: { '201': { description: 'ok' } },
          requestBody: {
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } },
          },
          'x-amazon-apigateway-request-validator': 'all',
          [INTEGRATION]: {
            type: 'AWS_PROXY',
            httpMethod: 'POST',
            uri: 'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:1:function:pets:${stageVariables.alias}/invocations',
          },
        },
        options: {
          responses: {
            '204': {
              description: 'ok',
              headers: { 'Access-Control-Allow-Origin': { schema: { type: 'string' } } },
            },
          },
          [INTEGRATION]: {
            type: 'mock',
            requestTemplates: { 'application/json': '{"statusCode":204}' },
            responses: {
              default: {
                statusCode: '204',
                responseParameters: {
                  'method.response.header.Access-Control-Allow-Origin': "'*'",
                },
              },
            },
          },
        },
      },
      '/other/{rest+}': {
        'x-amazon-apigateway-any-method': {
          parameters: [{ name: 'rest', in: 'path', required: true, schema: { type: 'string' } }],
          responses: {},
          [INTEGRATION]: {
            type: 'http_proxy',
            httpMethod: 'ANY',
            uri: 'https://example.org/{rest}',
            requestParameters: { 'integration.request.path.rest': 'method.request.path.rest' },
          },
        },
      },
    },
    components: {
      schemas: {
        Pet: {
          type: 'object',
          required: ['name'],
          properties: {
            name: { type: 'string', minLength: 1, pattern: '^[a-z(?<\\d]+$' },
            kind: { enum: ['cat', 'dog'] },
            age: { type: 'integer', minimum: 0, exclusiveMinimum: true },
          },
        },
      },
      securitySchemes: { key: { type: 'apiKey', name: 'x-api-key', in: 'header' } },
    },
    'x-amazon-apigateway-request-validators': {
      all: { validateRequestBody: true, validateRequestParameters: true },
    },
    [RESPONSES]: {
      THROTTLED: {
        statusCode: 429,
        responseParameters: {
          'gatewayresponse.header.Retry-After': "'1'",
          'gatewayresponse.header.X-From': 'method.request.header.Origin',
          'gatewayresponse.header.X-Id': 'context.requestId',
        },
        responseTemplates: { 'application/json': '{"message":$context.error.messageString}' },
      },
      MISSING_AUTHENTICATION_TOKEN: { statusCode: '404' },
    },
    'x-amazon-apigateway-api-key-source': 'HEADER',
    'x-amazon-apigateway-minimum-compression-size': 0,
  }) as unknown as Loose;
