import type { OpenAPIV3 } from 'openapi-types';
import { gatewayResponses } from './gateway-responses.ts';
import { toModel } from './to-model.ts';

/** What API Gateway is told beyond the contract. */
export type ImportOptions = {
  /** Where API Gateway sends requests: the router function's invoke ARN (fact 33). */
  functionUri: string;
};

/** The part of OpenAPI 3.0 that API Gateway reads (facts 1–24), with its extensions (facts 33–40). */
export type ImportDocument = {
  openapi: '3.0.1';
  info: { title: string; version: string };
  paths: Record<string, Record<string, ImportOperation>>;
  components: {
    schemas: Record<string, Model>;
    securitySchemes: Record<string, OpenAPIV3.ApiKeySecurityScheme>;
  };
  'x-amazon-apigateway-request-validators': Record<string, RequestValidator>;
  'x-amazon-apigateway-gateway-responses': typeof gatewayResponses;
  'x-amazon-apigateway-api-key-source': 'HEADER';
};

export type ImportOperation = {
  operationId?: string;
  parameters?: { name: string; in: string; required: boolean; schema: { type: 'string' } }[];
  requestBody?: { required: boolean; content: Record<string, { schema: Model }> };
  responses: Record<string, { description: string }>;
  security: Record<string, string[]>[];
  'x-amazon-apigateway-request-validator'?: string;
  'x-amazon-apigateway-integration': Record<string, unknown> & { timeoutInMillis: number };
};

/** JSON Schema draft 4, as far as API Gateway's models have it (fact 13). */
export type Model = { [keyword: string]: unknown };

type RequestValidator = { validateRequestBody: boolean; validateRequestParameters: boolean };

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
const VALIDATOR = 'all';

/** Turns the contract into the document that API Gateway imports, and that the local gateway obeys. */
export const toImportDocument = (
  contract: OpenAPIV3.Document,
  options: ImportOptions,
): ImportDocument => ({
  // What AWS itself exports; it refuses 3.1 (fact 1).
  openapi: '3.0.1',
  info: { title: contract.info.title, version: contract.info.version },
  paths: Object.fromEntries(
    Object.entries(contract.paths).map(([path, item]) => [path, toPathItem(item ?? {}, options)]),
  ),
  components: {
    schemas: toModels(contract),
    securitySchemes: toSecuritySchemes(contract),
  },
  'x-amazon-apigateway-request-validators': {
    [VALIDATOR]: { validateRequestBody: true, validateRequestParameters: true },
  },
  'x-amazon-apigateway-gateway-responses': gatewayResponses,
  'x-amazon-apigateway-api-key-source': 'HEADER',
});

function toPathItem(
  item: OpenAPIV3.PathItemObject,
  options: ImportOptions,
): Record<string, ImportOperation> {
  const operations = METHODS.flatMap((method) => {
    const operation = item[method];
    return operation ? [[method, toOperation(operation, options)] as const] : [];
  });
  const [first] = operations;
  if (!first) return {};
  // Any other method goes to the router too, whose 405 says which ones there are; with the path's key.
  const others = {
    responses: { default: { description: 'Method not allowed' } },
    security: first[1].security,
  };
  return {
    ...Object.fromEntries(operations),
    'x-amazon-apigateway-any-method': {
      ...others,
      'x-amazon-apigateway-integration': toIntegration(options),
    },
  };
}

function toOperation(
  operation: OpenAPIV3.OperationObject,
  options: ImportOptions,
): ImportOperation {
  const parameters = (operation.parameters ?? []) as OpenAPIV3.ParameterObject[];
  const body = operation.requestBody as OpenAPIV3.RequestBodyObject | undefined;
  return {
    ...(operation.operationId && { operationId: operation.operationId }),
    ...(parameters.length > 0 && { parameters: parameters.map(toParameter) }),
    ...(body && { requestBody: toRequestBody(body) }),
    responses: Object.fromEntries(
      Object.keys(operation.responses).map((status) => [status, { description: status }]),
    ),
    // On each operation: API Gateway does not use the document's own (fact 16).
    security: operation.security ?? [],
    'x-amazon-apigateway-request-validator': VALIDATOR,
    'x-amazon-apigateway-integration': toIntegration(options),
  };
}

/** Only a parameter's presence is checked, and nothing else of it is read (facts 11 and 25). */
const toParameter = ({ name, in: place, required = false }: OpenAPIV3.ParameterObject) => ({
  name,
  in: place,
  required,
  schema: { type: 'string' as const },
});

const toRequestBody = ({ required = false, content }: OpenAPIV3.RequestBodyObject) => ({
  required,
  content: Object.fromEntries(
    Object.entries(content).map(([type, { schema }]) => [type, { schema: toModel(schema ?? {}) }]),
  ),
});

const toIntegration = ({
  functionUri,
}: ImportOptions): ImportOperation['x-amazon-apigateway-integration'] => ({
  type: 'aws_proxy',
  // How API Gateway calls Lambda, whatever the client's method (fact 33).
  httpMethod: 'POST',
  uri: functionUri,
  passthroughBehavior: 'when_no_match',
  timeoutInMillis: 29_000,
});

/** Only what request bodies use: a model that no method has is weight without a check. */
function toModels(contract: OpenAPIV3.Document): Record<string, Model> {
  const schemas = contract.components?.schemas ?? {};
  const used = new Set<string>();
  const visit = (node: unknown): void => {
    for (const [, name] of JSON.stringify(node).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (!name || used.has(name)) continue;
      used.add(name);
      visit(schemas[name]);
    }
  };
  for (const item of Object.values(contract.paths)) {
    for (const method of METHODS) visit(item?.[method]?.requestBody ?? null);
  }
  return Object.fromEntries([...used].sort().map((name) => [name, toModel(schemas[name] ?? {})]));
}

const toSecuritySchemes = ({
  components,
}: OpenAPIV3.Document): Record<string, OpenAPIV3.ApiKeySecurityScheme> =>
  Object.fromEntries(
    Object.entries(components?.securitySchemes ?? {}).flatMap(([name, scheme]) =>
      'type' in scheme && scheme.type === 'apiKey'
        ? [[name, { type: scheme.type, name: scheme.name, in: scheme.in }]]
        : [],
    ),
  );
