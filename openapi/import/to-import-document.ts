import type { OpenAPIV3 } from 'openapi-types';
import type { ImportDocument, Model } from '../../gateway/import-document.ts';
import type { Contract, Cors } from '../contract.ts';
import { METHODS } from '../list-operations.ts';
import { toCorsHeaders } from './cors.ts';
import type { ImportOptions } from './import-options.ts';
import { toGatewayResponses } from './to-gateway-responses.ts';
import { toModel } from './to-model.ts';
import { toPathItem } from './to-path-item.ts';

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
