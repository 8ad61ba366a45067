import type { OpenAPIV3 } from 'openapi-types';
import type { Cors } from './cors.ts';
import { toCorsHeaders } from './cors.ts';
import type { GatewayResponses } from './gateway-responses.ts';
import { toGatewayResponses } from './gateway-responses.ts';
import { METHODS } from './methods.ts';
import { toModel } from './to-model.ts';
import { toPathItem } from './to-path-item.ts';

/** What API Gateway is told beyond the contract. */
export type ImportOptions = {
  /** Where API Gateway sends requests: the router function's invoke ARN (fact 33). */
  functionUri: string;
  /** The origin whose pages may call the API, such as `https://example.org`; `*` is any, as keys are no cookies. */
  corsOrigin?: string;
  /** Who checks the keys: API Gateway its own one, by default, or the router those that it knows. */
  keys?: 'plan' | 'scoped';
};

/** The contract, as generated/openapi.json has it. */
export type Contract = OpenAPIV3.Document & { 'x-cors': Omit<Cors, 'origin'> };

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
  'x-amazon-apigateway-gateway-responses': GatewayResponses;
  'x-amazon-apigateway-api-key-source': 'HEADER';
  /** Bytes from which on replies are compressed; that it is there makes gzip request bodies welcome (fact 37). */
  'x-amazon-apigateway-minimum-compression-size': number;
};

export type ImportOperation = {
  operationId?: string;
  parameters?: { name: string; in: string; required: boolean; schema: { type: 'string' } }[];
  requestBody?: { required: boolean; content: Record<string, { schema: Model }> };
  responses: Record<string, { description: string; headers?: Record<string, object> }>;
  security: Record<string, string[]>[];
  'x-amazon-apigateway-request-validator'?: string;
  'x-amazon-apigateway-integration': Integration;
};

export type Integration =
  | {
      type: 'aws_proxy';
      httpMethod: 'POST';
      uri: string;
      passthroughBehavior: string;
      timeoutInMillis: number;
    }
  | {
      type: 'mock';
      requestTemplates: Record<string, string>;
      responses: {
        default: { statusCode: string; responseParameters: Record<string, string> };
      };
    };

/** JSON Schema draft 4, as far as API Gateway's models have it (fact 13). */
export type Model = { [keyword: string]: unknown };

type RequestValidator = { validateRequestBody: boolean; validateRequestParameters: boolean };

/** Turns the contract into the document that API Gateway imports, and that the local gateway obeys. */
export const toImportDocument = (contract: Contract, options: ImportOptions): ImportDocument => {
  const cors: Cors = { ...contract['x-cors'], origin: options.corsOrigin ?? '*' };
  return {
    // What AWS itself exports; it refuses 3.1 (fact 1).
    openapi: '3.0.1',
    info: { title: contract.info.title, version: contract.info.version },
    paths: Object.fromEntries(
      Object.entries(contract.paths).map(([path, item]) => [
        path,
        toPathItem(item ?? {}, { ...options, cors }),
      ]),
    ),
    components: { schemas: toModels(contract), securitySchemes: toSecuritySchemes(contract) },
    'x-amazon-apigateway-request-validators': {
      all: { validateRequestBody: true, validateRequestParameters: true },
    },
    'x-amazon-apigateway-gateway-responses': toGatewayResponses(toCorsHeaders(cors)),
    'x-amazon-apigateway-api-key-source': 'HEADER',
    'x-amazon-apigateway-minimum-compression-size': 1024,
  };
};

/** Only what request bodies use: a model that no method has is weight without a check. */
function toModels(contract: Contract): Record<string, Model> {
  const schemas = contract.components?.schemas ?? {};
  const models = new Map<string, Model>();
  const visit = (node: unknown): void => {
    for (const [, name] of JSON.stringify(node).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (!name || models.has(name)) continue;
      const model = toModel(schemas[name] ?? {});
      models.set(name, model);
      visit(model);
    }
  };
  for (const item of Object.values(contract.paths)) {
    for (const method of METHODS) visit(item?.[method]?.requestBody ?? null);
  }
  return Object.fromEntries([...models].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const toSecuritySchemes = ({
  components,
}: Contract): Record<string, OpenAPIV3.ApiKeySecurityScheme> =>
  Object.fromEntries(
    Object.entries(components?.securitySchemes ?? {}).flatMap(([name, scheme]) =>
      'type' in scheme && scheme.type === 'apiKey'
        ? [[name, { type: scheme.type, name: scheme.name, in: scheme.in }]]
        : [],
    ),
  );
