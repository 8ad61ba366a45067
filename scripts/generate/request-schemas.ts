import type { Ajv } from 'ajv';
import type { Document } from 'openapi-backend';
import { OpenAPIBackend } from 'openapi-backend';

/** The schemas by which openapi-backend validates an operation's requests; parameters are coerced from text. */
export type RequestSchemas = { body: object[]; parameters: object[] };

/** Collects the schemas that openapi-backend would compile, by operation. */
export const collectRequestSchemas = async (
  contract: object,
): Promise<Record<string, RequestSchemas>> => {
  let current: RequestSchemas = { body: [], parameters: [] };
  const api = new OpenAPIBackend({
    definition: contract as Document,
    strict: true,
    quick: true,
    coerceTypes: true,
    customizeAjv(ajv, _, context) {
      const schemas = String(context) === 'paramsValidator' ? 'parameters' : 'body';
      return recording(ajv, (schema) => current[schemas].push(schema));
    },
  });
  await api.init();
  const collected: Record<string, RequestSchemas> = {};
  for (const { operationId = '' } of api.getOperations()) {
    current = { body: [], parameters: [] };
    api.validator.getRequestValidatorsForOperation(operationId);
    collected[operationId] = current;
  }
  return collected;
};

function recording(ajv: Ajv, record: (schema: object) => void): Ajv {
  const accept = () => true;
  return Object.assign(ajv, {
    compile(schema: object) {
      record(schema);
      return accept;
    },
  });
}
