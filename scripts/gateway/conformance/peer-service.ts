import { API_KEY } from './own-document.ts';

const at = (path: string, method: string, more: object = {}) => ({
  http: { path, method, ...more },
});
const PERSON = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };

/** The API of `toOwnDocument` as serverless.yml describes it. */
export const toPeerService = (backend: string) => ({
  provider: {
    name: 'aws',
    runtime: 'nodejs20.x',
    region: 'us-east-1',
    stage: 'dev',
    apiGateway: {
      apiKeys: [{ name: 'one', value: API_KEY }],
      usagePlan: { throttle: { rateLimit: 1, burstLimit: 3 } },
      binaryMediaTypes: ['image/png'],
      minimumCompressionSize: 1_000,
    },
  },
  functions: {
    f: {
      handler: 'handler.handler',
      timeout: 1,
      events: [
        at('/a', 'get', { cors: true }),
        at('/a', 'post'),
        at('/key', 'get', { private: true }),
        at('/q', 'get', { request: { parameters: { querystrings: { q: true } } } }),
        at('/model', 'post', { request: { schemas: { 'application/json': PERSON } } }),
        at('/items/{id}', 'get'),
        at('/jobs/run', 'get'),
        at('/jobs/{proxy+}', 'post'),
        at('/all/{proxy+}', 'any'),
        at('/mock', 'get', {
          integration: 'mock',
          request: { template: { 'application/json': '{"statusCode": 200}' } },
          response: { template: '{"status":"ok"}', statusCodes: { 200: { pattern: '' } } },
        }),
        at('/stream', 'get', { response: { transferMode: 'STREAM' } }),
      ],
    },
  },
  resources: {
    Resources: {
      Method: {
        Type: 'AWS::ApiGateway::Method',
        Properties: {
          ResourceId: { Ref: 'Http' },
          RestApiId: { Ref: 'ApiGatewayRestApi' },
          HttpMethod: 'GET',
          Integration: { Type: 'HTTP_PROXY', IntegrationHttpMethod: 'GET', Uri: `${backend}/back` },
        },
      },
      Http: {
        Type: 'AWS::ApiGateway::Resource',
        Properties: {
          PathPart: 'http',
          ParentId: { 'Fn::GetAtt': ['ApiGatewayRestApi', 'RootResourceId'] },
          RestApiId: { Ref: 'ApiGatewayRestApi' },
        },
      },
      Gone: {
        Type: 'AWS::ApiGateway::GatewayResponse',
        Properties: {
          ResponseType: 'MISSING_AUTHENTICATION_TOKEN',
          RestApiId: { Ref: 'ApiGatewayRestApi' },
          ResponseParameters: { 'gatewayresponse.header.X-Own': "'yes'" },
        },
      },
    },
  },
});
