import { toFunctionUri, toStreamUri } from '../../../gateway/function-uri.ts';

/**
 * A document that a public repository had at a commit, and what this gateway makes of it. The document itself stays where
 * it is: `toDocument` writes an own, small one with the same constructs.
 */
export type PublicDocument = {
  repository: string;
  path: string;
  commit: string;
  /** What is in it that others do not have. */
  has: string;
  /** The lines by which it is refused as it is, or once its template is resolved. */
  refusedFor: { asItIs?: string[]; resolved?: string[] };
  /** What it replies once its template is resolved, with the context of an authorizer, and its back ends allowed. */
  replies: [method: string, path: string, status: number, body?: string][];
  toDocument(isResolved: boolean): object;
};

const INTEGRATION = 'x-amazon-apigateway-integration';
const AUTHTYPE = 'x-amazon-apigateway-authtype';
const AUTHORIZER = 'x-amazon-apigateway-authorizer';
const RESPONSES = 'x-amazon-apigateway-gateway-responses';
const VALIDATOR = 'x-amazon-apigateway-request-validator';
const text = { type: 'string' };
const ok = { 200: { description: 'ok' } };
const at = (path: string, method: string, member = ''): string =>
  `/paths/${path.replaceAll('/', '~1')}/${method}/${INTEGRATION}${member && `/${member}`}`;

const toDocument = (paths: object, more: object = {}) => ({
  openapi: '3.0.1',
  info: { title: 'own', version: '1.0' },
  paths,
  ...more,
});
const lambda = (uri: unknown, more: object = {}) => ({
  [INTEGRATION]: { type: 'aws_proxy', httpMethod: 'POST', uri, ...more },
});
const http = (uri: string, more: object = {}) => ({
  [INTEGRATION]: { type: 'http_proxy', httpMethod: 'GET', uri, ...more },
});
const CORS = {
  'method.response.header.Access-Control-Allow-Origin': "'*'",
  'method.response.header.Access-Control-Allow-Methods': "'*'",
};
const CORS_HEADERS = {
  'Access-Control-Allow-Origin': { schema: text },
  'Access-Control-Allow-Methods': { schema: text },
};
const cognito = {
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  [AUTHTYPE]: 'cognito_user_pools',
  [AUTHORIZER]: {
    type: 'cognito_user_pools',
    providerARNs: ['arn:aws:cognito-idp:x:1:userpool/x'],
  },
};
const UNDECLARED = `${at('/authorize', 'post', 'requestParameters/integration.request.header.tenant')} maps method.request.header.origin`;
const sigv4 = { type: 'apiKey', name: 'Authorization', in: 'header', [AUTHTYPE]: 'awsSigv4' };

export const PUBLIC_DOCUMENTS: PublicDocument[] = [
  {
    repository: 'aws-samples/serverless-patterns',
    path: 'apigw-lambda-bedrock-sam-node/api-gateway-streaming-config.yaml',
    commit: '003dcf6033101a9f89ab9f92939fdb179c275697',
    has: 'a function that streams, by Fn::Sub; a body without a validator',
    refusedFor: { asItIs: [`${at('/ask', 'post', 'uri')} has Fn::Sub`] },
    replies: [
      ['POST', '/ask', 200, 'streamed'],
      ['GET', '/ask', 403],
    ],
    toDocument: (isResolved) =>
      toDocument({
        '/ask': {
          post: {
            requestBody: {
              content: {
                'application/json': { schema: { type: 'object', required: ['message'] } },
              },
            },
            responses: { 200: { description: 'ok', content: { 'text/plain': { schema: text } } } },
            ...lambda(
              isResolved ? toStreamUri('ask') : { 'Fn::Sub': toStreamUri('${Function.Arn}') },
              { responseTransferMode: 'STREAM' },
            ),
          },
        },
      }),
  },
  {
    repository: 'aws-samples/serverless-patterns',
    path: 'apigw-cache-invalidation-eventbridge/api.yaml',
    commit: '14e00c987f09f302057d08222c1ea07d90f49266',
    has: 'DynamoDB by VTL, keys of a cache, a header without a schema, empty components',
    refusedFor: {
      asItIs: [
        `${at('/pets/{id}', 'get', 'credentials')} has Fn::GetAtt`,
        `${at('/pets/{id}', 'get', 'uri')} has Fn::Sub`,
        `${at('/pets/{id}', 'get', 'requestTemplates/application~1json')} has Fn::Sub`,
        `${at('/pets/{id}', 'get', 'type')} is aws`,
      ],
      resolved: [`${at('/pets/{id}', 'get', 'type')} is aws`],
    },
    replies: [],
    toDocument: (isResolved) =>
      toDocument(
        {
          '/pets/{id}': {
            get: {
              parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
              responses: {
                200: { description: 'ok', content: {}, headers: { 'cache-timestamp': text } },
              },
              [INTEGRATION]: {
                type: 'aws',
                httpMethod: 'POST',
                credentials: isResolved
                  ? 'arn:aws:iam::1:role/r'
                  : { 'Fn::GetAtt': ['Role', 'Arn'] },
                cacheKeyParameters: ['method.request.path.id'],
                uri: isResolved
                  ? 'arn:aws:apigateway:us-east-1:dynamodb:action/GetItem'
                  : { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:dynamodb:action/GetItem' },
                requestTemplates: {
                  'application/json': isResolved ? '$input.body' : { 'Fn::Sub': '${Table}' },
                },
                responses: {
                  default: {
                    statusCode: '200',
                    responseParameters: {
                      'method.response.header.cache-timestamp': 'integration.response.header.Date',
                    },
                  },
                },
              },
            },
          },
        },
        { components: {} },
      ),
  },
  {
    repository: 'aws/aws-cdk',
    path: 'packages/@aws-cdk-testing/framework-integ/test/aws-apigateway/test/sample-definition-substitution.yaml',
    commit: '3d6649ce07bb18c7060879919f3c617a8bb3e76c',
    has: 'version 3.0.2, a mock without mapped headers',
    refusedFor: {},
    replies: [['GET', '/pets', 200, '']],
    toDocument: () =>
      toDocument(
        {
          '/pets': {
            get: {
              operationId: 'listPets',
              responses: ok,
              [INTEGRATION]: {
                type: 'mock',
                requestTemplates: { 'application/json': '{"statusCode": 200}' },
                passthroughBehavior: 'when_no_match',
                responses: { default: { statusCode: '200' } },
              },
            },
          },
        },
        { openapi: '3.0.2' },
      ),
  },
  {
    repository: 'smithy-lang/smithy',
    path: 'smithy-aws-apigateway-openapi/src/test/resources/software/amazon/smithy/aws/apigateway/openapi/cors-explicit-options.openapi.json',
    commit: '304600306c973fe51ed1555c8e42994d58204bf9',
    has: 'IAM in the security of the root, and no other; a name with dots; a mapped header that is not declared',
    refusedFor: {
      asItIs: [
        `${at('/foo', 'options', 'responses/default/responseParameters')} maps the header Access-Control-Expose-Headers`,
        '/paths/~1foo/put/security requires the authorizer aws.auth.sigv4',
        '/paths/~1foo/options/security requires the authorizer aws.auth.sigv4',
        `${at('/foo', 'options', 'type')} is aws`,
      ],
    },
    replies: [],
    toDocument: () => {
      const responses = {
        200: { description: 'ok', headers: { 'Access-Control-Allow-Origin': { schema: text } } },
      };
      const mapped = {
        statusCode: '200',
        responseParameters: {
          'method.response.header.Access-Control-Allow-Origin': "'https://foo.com'",
          'method.response.header.Access-Control-Expose-Headers': "'X-Hd'",
        },
      };
      const [put, options] = ['aws_proxy', 'aws'].map((type) => ({
        responses,
        ...lambda(toFunctionUri('bar'), { type, responses: { default: mapped } }),
      }));
      return toDocument(
        { '/foo': { put: { ...put, responses: { 201: responses[200] } }, options } },
        {
          components: { securitySchemes: { 'aws.auth.sigv4': sigv4 } },
          security: [{ 'aws.auth.sigv4': [] }],
        },
      );
    },
  },
  {
    repository: 'GleytonLima/liraa-backend-serverless',
    path: 'infra/openapi.yaml',
    commit: '4ffaf5792c91f5af19374aa01534d8c00be4a7ff',
    has: 'Cognito, a preflight with a body, gateway responses without a status, headers that a proxy maps',
    refusedFor: {
      asItIs: [
        `${at('/liraa', 'get', 'uri')} has a placeholder`,
        '/paths/~1liraa/get/security requires the authorizer pool',
      ],
      resolved: ['/paths/~1liraa/get/security requires the authorizer pool'],
    },
    replies: [
      ['OPTIONS', '/liraa', 200, '{}\n'],
      ['GET', '/liraa', 200, 'list'],
      ['DELETE', '/liraa', 403],
    ],
    toDocument: (isResolved) => {
      const reply = {
        statusCode: '200',
        responseParameters: CORS,
        responseTemplates: { 'application/json': '{}\n' },
      };
      const responses = { 200: { description: 'ok', headers: CORS_HEADERS, content: {} } };
      return toDocument(
        {
          '/liraa': {
            options: {
              responses,
              [INTEGRATION]: {
                type: 'mock',
                requestTemplates: { 'application/json': '{\n    "statusCode" : 200\n}\n' },
                responses: { default: reply },
              },
            },
            get: {
              parameters: [
                { name: 'from', in: 'query', required: false, schema: { ...text, format: 'date' } },
              ],
              responses,
              security: [{ pool: [] }],
              ...lambda(isResolved ? toFunctionUri('list') : '${lambda_uri}', {
                responses: { default: reply },
              }),
            },
          },
        },
        {
          components: { securitySchemes: { pool: cognito } },
          [RESPONSES]: {
            BAD_REQUEST_BODY: {
              responseTemplates: {
                'application/json': '{"message": "$context.error.validationErrorString"}',
              },
            },
            DEFAULT_4XX: {
              responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" },
            },
          },
        },
      );
    },
  },
  {
    repository: 'leodelmiro/fiap-hackaton-video-gateway',
    path: 'infra/openapi.yaml',
    commit: '2661ec4f419f36c041f8601ceae8abdc4395ff9f',
    has: 'HTTP proxies with a path parameter beside a literal, the header Authorization as a parameter',
    refusedFor: {
      asItIs: [
        `${at('/envios/{id}', 'get', 'uri')} has a placeholder`,
        `${at('/envios/verifica', 'get', 'uri')} has a placeholder`,
        '/paths/~1envios~1{id}/get/security requires the authorizer CognitoAuth',
      ],
      resolved: [
        '/paths/~1envios~1{id}/get/security requires the authorizer CognitoAuth',
        `${at('/envios/{id}', 'get', 'uri')} leads to http://back.example`,
        `${at('/envios/verifica', 'get', 'uri')} leads to http://back.example`,
      ],
    },
    replies: [
      ['GET', '/envios/a%2Fb', 200, '/envios/a%2Fb'],
      ['GET', '/envios/verifica?nome=x', 200, '/envios/verifica?nome=x'],
    ],
    toDocument: (isResolved) => {
      const host = isResolved ? 'back.example' : '${gerencia-envio_url}';
      return toDocument(
        {
          '/envios/{id}': {
            get: {
              security: [{ CognitoAuth: [] }],
              parameters: [
                { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
                { name: 'Authorization', in: 'header', required: true, schema: text },
              ],
              responses: ok,
              ...http(`http://${host}/envios/{id}`, {
                requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
              }),
            },
          },
          '/envios/verifica': {
            get: { responses: ok, ...http(`http://${host}/envios/verifica`) },
          },
        },
        { components: { securitySchemes: { CognitoAuth: cognito } } },
      );
    },
  },
  {
    repository: 'caiocsgomes/simple-tracking',
    path: 'infra/openapi.yaml',
    commit: 'caea292e583bd8e0968e4c2bade4a4326b4c142f',
    has: 'mocks with a type and nothing else; an operation without the parameter of its path',
    refusedFor: {},
    replies: [['PUT', '/clients/1', 500, '{"message": "Internal server error"}']],
    toDocument: () =>
      toDocument({
        '/clients/{id_client}': {
          put: {
            operationId: 'put/clients/{id_client}',
            responses: ok,
            [INTEGRATION]: { type: 'mock' },
          },
        },
      }),
  },
  {
    repository: 'leandrostl/localstack-terraform-tutorial',
    path: 'terraform/openapi.yaml',
    commit: 'f7a880e209c299661852c0b6b4a948eee07b1909',
    has: 'AWS_PROXY in capitals, x-amazon-apigateway-auth of the type none, int32 in a model',
    refusedFor: { asItIs: [`${at('/quotes', 'get', 'uri')} has a placeholder`] },
    replies: [['GET', '/quotes', 200, 'quotes']],
    toDocument: (isResolved) =>
      toDocument(
        {
          '/quotes': {
            get: {
              'x-amazon-apigateway-auth': { type: 'none' },
              responses: ok,
              ...lambda(isResolved ? toFunctionUri('quotes') : '${quote_recover}', {
                type: 'AWS_PROXY',
              }),
            },
          },
        },
        {
          components: {
            schemas: {
              Quote: { type: 'object', properties: { year: { type: 'integer', format: 'int32' } } },
            },
          },
        },
      ),
  },
  {
    repository: 'balabalabear-vault/infra',
    path: 'definitions/api_definition.tpl',
    commit: '00e0cf8c6b6219887de8e09afeadaeced3d4c901',
    has: 'a method without responses, HTTP_PROXY and WHEN_NO_MATCH in capitals, a body of OpenAPI 2.0 within 3.0',
    refusedFor: {
      asItIs: [
        `${at('/contacts', 'post', 'uri')} has a placeholder`,
        `${at('/path1', 'get', 'uri')} leads to http://back.example`,
      ],
      resolved: [`${at('/path1', 'get', 'uri')} leads to http://back.example`],
    },
    replies: [
      ['GET', '/path1', 200, '/ranges.json'],
      ['POST', '/contacts', 200, 'contacts'],
    ],
    toDocument: (isResolved) =>
      toDocument({
        '/path1': {
          get: http('http://back.example/ranges.json', {
            type: 'HTTP_PROXY',
            payloadFormatVersion: '1.0',
          }),
        },
        '/contacts': {
          post: {
            consumes: ['application/json'],
            parameters: [
              { in: 'body', name: 'M', required: 'true', schema: { $ref: '#/definitions/M' } },
            ],
            responses: ok,
            ...lambda(isResolved ? toFunctionUri('contacts') : '${lambda_uri}', {
              passthroughBehavior: 'WHEN_NO_MATCH',
              payloadFormatVersion: '1.0',
              responses: { default: { statusCode: '200' } },
            }),
          },
        },
      }),
  },
  {
    repository: 'prannoymulmi/aws-localstack',
    path: 'configurations/openapi.yml.tpl',
    commit: '3088b5cbf26e812e26f1b9b692e2d223731472e8',
    has: 'a header that a Lambda proxy maps, but does not declare: only LocalStack takes it; a security scheme of the type http',
    refusedFor: {
      asItIs: [`${at('/authorize', 'post', 'uri')} has a placeholder`, UNDECLARED],
      resolved: [UNDECLARED],
    },
    replies: [],
    toDocument: (isResolved) =>
      toDocument(
        {
          '/authorize': {
            post: {
              responses: ok,
              ...lambda(isResolved ? toFunctionUri('authorize') : '${lambda_arn}', {
                requestParameters: {
                  'integration.request.header.tenant': 'method.request.header.origin',
                },
              }),
            },
          },
        },
        { components: { securitySchemes: { none: { type: 'http', scheme: 'none' } } } },
      ),
  },
  {
    repository: 'Baaartosz/rtx-wtf-shorten-api',
    path: 'api/shorten-api.tpl',
    commit: '05708e90846536a4963f484cf7f13bf58a1fba2c',
    has: 'an HTTP API with a JWT authorizer; a parameter whose name has the plus',
    refusedFor: {
      asItIs: [
        `${at('/{id+}', 'get', 'uri')} has a placeholder`,
        '/paths/~1{id+}/get/security requires the authorizer jwt',
        `${at('/{id+}', 'get', 'payloadFormatVersion')} is 2.0`,
        '/paths/~1{id+}/get has the parameter or header id+',
        `/components/securitySchemes/jwt/${AUTHORIZER}/type is jwt`,
      ],
      resolved: [
        '/paths/~1{id+}/get/security requires the authorizer jwt',
        `${at('/{id+}', 'get', 'payloadFormatVersion')} is 2.0`,
        '/paths/~1{id+}/get has the parameter or header id+',
        `/components/securitySchemes/jwt/${AUTHORIZER}/type is jwt`,
      ],
    },
    replies: [],
    toDocument: (isResolved) =>
      toDocument(
        {
          '/{id+}': {
            parameters: [{ name: 'id+', in: 'path', required: true, schema: text }],
            get: {
              security: [{ jwt: [] }],
              responses: { default: { description: 'any' } },
              ...lambda(isResolved ? toFunctionUri('shorten') : '${shorten_service_lambda}', {
                payloadFormatVersion: '2.0',
                connectionType: 'INTERNET',
              }),
            },
          },
        },
        {
          components: {
            securitySchemes: { jwt: { type: 'oauth2', [AUTHORIZER]: { type: 'jwt' } } },
          },
        },
      ),
  },
  {
    repository: 'harshildesai2/test-tf-travis-v3',
    path: 'api_gateway/templates/swagger.json.tpl',
    commit: '8741e77b1945b4e9eaad7bdc2bafaa8e818e2dad',
    has: 'IAM or a key, a resource policy, a preflight without responses of the method',
    refusedFor: {
      asItIs: [
        `${at('/login', 'options', 'responses/default/statusCode')} is 200, which is no response`,
        '/paths/~1login/post/security requires the authorizer sigv4',
        '/x-amazon-apigateway-policy is a resource policy',
      ],
    },
    replies: [],
    toDocument: () =>
      toDocument(
        {
          '/login': {
            post: {
              security: [{ sigv4: [] }, { api_key: [] }],
              ...lambda(toFunctionUri('login')),
            },
            options: {
              [INTEGRATION]: {
                type: 'mock',
                requestTemplates: { 'application/json': '{"statusCode": 200}' },
                responses: { default: { statusCode: '200' } },
              },
            },
          },
        },
        {
          'x-amazon-apigateway-policy': { Version: '2012-10-17', Statement: [] },
          components: {
            securitySchemes: {
              sigv4,
              api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
            },
          },
        },
      ),
  },
  {
    repository: 'inktense/terraform-sns-fan-out-pattern',
    path: 'terraform/openapi.yaml',
    commit: '0c7b8d4075e05d7a724ebd200a2f7cea3fe10b02',
    has: 'a method without an integration',
    refusedFor: { asItIs: ['/paths/~1orders/post has no integration'] },
    replies: [],
    toDocument: () => toDocument({ '/orders': { post: { responses: ok } } }),
  },
  {
    repository: 'MyCryptoHQ/parity-ecs',
    path: 'api-gateway.yaml (RestApi.Properties.Body)',
    commit: '5c095fb5463b20ee6ac01a9684aa9dd6d88c8eae',
    has: 'OpenAPI 2.0 with a body by model, a VPC link',
    refusedFor: {
      asItIs: [
        '/swagger is 2.0',
        `${at('/parity', 'post', 'connectionType')} is VPC_LINK`,
        `${at('/parity', 'post', 'uri')} leads to http://back.example`,
      ],
    },
    replies: [],
    toDocument: () => ({
      swagger: '2.0',
      info: { title: 'own', version: '1.0' },
      paths: {
        '/parity': {
          post: {
            consumes: ['application/json'],
            parameters: [
              { in: 'body', name: 'Any', required: true, schema: { $ref: '#/definitions/Empty' } },
            ],
            responses: { 200: { description: 'ok', schema: { $ref: '#/definitions/Empty' } } },
            [VALIDATOR]: 'Validate body',
            ...http('http://back.example', {
              httpMethod: 'POST',
              connectionType: 'VPC_LINK',
              connectionId: '9p92ur',
            }),
          },
        },
      },
      definitions: { Empty: { type: 'object', title: 'Empty Schema' } },
      'x-amazon-apigateway-request-validators': {
        'Validate body': { validateRequestBody: true, validateRequestParameters: false },
      },
    }),
  },
  {
    repository: 'api3dao/airnode',
    path: 'packages/airnode-deployer/terraform/aws/templates/oevGw.yaml.tpl',
    commit: '1e36a2200f72ff0accd5048cf1e8e2306521fcfa',
    has: 'a validator for all methods, int32 in a model that is validated, compression from 2 MB',
    refusedFor: { asItIs: [`${at('/key', 'post', 'uri')} has a placeholder`] },
    replies: [
      ['POST', '/key', 400, '{"message": "Invalid request body"}'],
      ['GET', '/key', 403, '{"message":"Missing Authentication Token"}'],
    ],
    toDocument: (isResolved) =>
      toDocument(
        {
          '/key': {
            post: {
              requestBody: {
                content: {
                  'application/json': { schema: { $ref: '#/components/schemas/Request' } },
                },
              },
              responses: ok,
              ...lambda(
                isResolved
                  ? toFunctionUri('oev')
                  : toFunctionUri('x').replace('us-east-1', '${region}'),
                { payloadFormatVersion: '1.0', responses: { default: { statusCode: 200 } } },
              ),
            },
          },
        },
        {
          components: {
            schemas: {
              Request: {
                type: 'object',
                required: ['chainId'],
                properties: { chainId: { type: 'integer', format: 'int32', minimum: 1 } },
              },
            },
          },
          'x-amazon-apigateway-request-validators': {
            all: { validateRequestBody: true, validateRequestParameters: true },
          },
          [VALIDATOR]: 'all',
          'x-amazon-apigateway-minimum-compression-size': 2_097_152,
        },
      ),
  },
];
