import type { OpenAPIV3 } from 'openapi-types';
import type { ImportDocument, Model } from '../../gateway/import-document.ts';
import { toCorsHeaders } from '../../src/names/cors-headers.ts';
import type { Contract, Cors } from '../contract.ts';
import { METHODS } from '../list-operations.ts';
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

/** The models that request bodies use; API Gateway validates nothing else. */
function toModels(contract: Contract): Record<string, Model> {
  const schemas = contract.components?.schemas ?? {};
  const models = new Map<string, Model>();
  const visit = (node: unknown): void => {
    for (const [, name] of JSON.stringify(node).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (!name || models.has(name)) continue;
      const model = withNulls(toModel(schemas[name] ?? {}), schemas[name] ?? {}, schemas);
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

/**
 * Makes a model accept null in the properties that the contract's `x-null-is-absent` lists. They lose their type
 * (an `anyOf` would put its own words around the others' messages). References are replaced, since draft 4 ignores
 * their siblings. The router refuses other types.
 */
function withNulls(model: Model, schema: object, schemas: Record<string, object>): Model {
  const { 'x-null-is-absent': names = [] } = schema as { 'x-null-is-absent'?: string[] };
  if (names.length === 0) return model;
  const properties = { ...(model.properties as Record<string, Model>) };
  for (const name of names) {
    const property = properties[name] ?? {};
    const target = String(property.$ref ?? '').replace('#/components/schemas/', '');
    const { type: _, ...untyped } = target ? toModel(schemas[target] ?? {}) : property;
    properties[name] = untyped;
  }
  return { ...model, properties };
}
