import type { OpenAPIV3 } from 'openapi-types';
import { collectResponseSchemas } from './collect-response-schemas.ts';
import { compileValidators } from './compile-validators.ts';

/** Generates the module of response validators, by operation and status; null for a reply without a body. */
export const toResponseValidators = async (contract: OpenAPIV3.Document): Promise<string> => {
  // Most replies share the problem schema: each schema is compiled once, named after its first reply.
  const names = new Map<string, string>();
  const schemas: Record<string, object> = {};
  const toName = (candidate: string, schema: object): string => {
    const text = JSON.stringify(schema);
    const name = names.get(text) ?? candidate;
    names.set(text, name);
    schemas[name] = schema;
    return name;
  };
  const operations = Object.entries(collectResponseSchemas(contract)).map(([id, statuses]) => {
    const validators = Object.entries(statuses).map(
      ([status, schema]) =>
        `${status}: ${schema ? `replies.${toName(`${id}${status}`, schema)}` : null}`,
    );
    return `${id}: { ${validators} }`;
  });
  return await compileValidators(
    { replies: { schemas, options: { allErrors: true } } },
    `
    import * as replies from 'validators:replies';
    export const responseValidators = { ${operations.join(',')} };
  `,
  );
};
