import type { OpenAPIV3 } from 'openapi-types';
import type { ImportDocument, Model } from '../../gateway/import-document.ts';
import { toCorsHeaders } from '../../src/names/cors-headers.ts';
import type { Contract, Cors } from '../contract.ts';
import { listOperations } from '../list-operations.ts';
import type { ImportOptions } from './import-options.ts';
import { toGatewayResponses } from './to-gateway-responses.ts';
import { toModel } from './to-model.ts';
import { toPathItem } from './to-path-item.ts';

/** Turns the contract into the document that API Gateway imports, and that configures the local gateway. */
export const toImportDocument = (contract: Contract, options: ImportOptions): ImportDocument => {
  const cors: Cors = { ...contract['x-cors'], origins: options.corsOrigins ?? [] };
  // API Gateway's own replies hold nothing of a device. They cannot name one of several origins.
  const readers = cors.origins.length === 1 ? String(cors.origins[0]) : '*';
  return {
    // The version that AWS exports; it rejects 3.1 (fact 1).
    openapi: '3.0.1',
    info: { title: contract.info.title, version: contract.info.version },
    paths: Object.fromEntries(
      Object.entries(contract.paths).map(([path, item]) => [
        path,
        toPathItem(item ?? {}, { ...options, contract, cors }),
      ]),
    ),
    components: { schemas: toModels(contract), securitySchemes: toSecuritySchemes(contract) },
    'x-amazon-apigateway-request-validators': {
      all: { validateRequestBody: true, validateRequestParameters: true },
    },
    'x-amazon-apigateway-gateway-responses': toGatewayResponses(
      toCorsHeaders(readers, cors.exposeHeaders),
    ),
    'x-amazon-apigateway-api-key-source': 'HEADER',
    'x-amazon-apigateway-minimum-compression-size': 1024,
  };
};

/** The models of request bodies; API Gateway validates nothing else. */
function toModels(contract: Contract): Record<string, Model> {
  const schemas = contract.components?.schemas ?? {};
  const bodies = listOperations(contract).map(({ operation }) => operation.requestBody ?? null);
  const names = [...JSON.stringify(bodies).matchAll(/"#\/components\/schemas\/(\w+)"/g)];
  return Object.fromEntries(
    names.map(([, name = '']) => [name, toModel(schemas[name] ?? {})] as const).sort(),
  );
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
