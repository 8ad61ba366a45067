import type { OpenAPIV3 } from 'openapi-types';

const JSON_TYPES = ['application/json', 'application/problem+json'];

/**
 * Collects the JSON schemas of replies by operation and status; null for a reply without a body.
 * @param contract dereferenced
 */
export const collectResponseSchemas = (
  contract: OpenAPIV3.Document,
): Record<string, Record<string, object | null>> => {
  const operations = Object.values(contract.paths).flatMap((item) => Object.values(item ?? {}));
  return Object.fromEntries(
    (operations as OpenAPIV3.OperationObject[]).flatMap(({ operationId, responses }) =>
      operationId ? [[operationId, toSchemas(responses)]] : [],
    ),
  );
};

const toSchemas = (responses: OpenAPIV3.ResponsesObject): Record<string, object | null> =>
  Object.fromEntries(
    Object.entries(responses).map(([status, response]) => {
      const { content = {} } = response as OpenAPIV3.ResponseObject;
      const type = JSON_TYPES.find((name) => name in content);
      return [status, (type && content[type]?.schema) || null];
    }),
  );
