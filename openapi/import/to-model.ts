import type { Model } from '../../gateway/import-document.ts';

// What a model can say (fact 13). `format` is not among it: some formats break validation on AWS
// (fact 22), so the contract has a pattern beside each, and the router checks the rest.
const KEYWORDS = new Set([
  ...['type', 'required', 'enum', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum'],
  ...['minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties', 'title'],
]);
const SCHEMAS = new Set(['items', 'not', 'additionalProperties']);
const LISTS = new Set(['allOf', 'anyOf', 'oneOf']);

/** Turns an OpenAPI 3.0 schema into a draft 4 model that allows whatever the schema allows. */
export const toModel = (schema: object): Model => {
  // Draft 4 ignores what stands beside a $ref.
  if ('$ref' in schema) return { $ref: schema.$ref };
  const keywords = Object.entries(schema).filter(
    // One bad item would refuse the whole array: the router holds each to its schema by itself.
    ([keyword]) => !('x-items-validated-by' in schema && keyword === 'items'),
  );
  const model = Object.fromEntries(keywords.flatMap(toKeyword));
  return 'nullable' in schema && schema.nullable ? { anyOf: [model, { type: 'null' }] } : model;
};

function toKeyword([keyword, value]: [string, unknown]): [string, unknown][] {
  if (KEYWORDS.has(keyword)) return [[keyword, value]];
  if (keyword === 'properties') return [[keyword, mapValues(value as Record<string, object>)]];
  if (LISTS.has(keyword)) return [[keyword, (value as object[]).map(toModel)]];
  if (SCHEMAS.has(keyword))
    return [[keyword, typeof value === 'boolean' ? value : toModel(value as object)]];
  return [];
}

const mapValues = (schemas: Record<string, object>): Record<string, Model> =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, toModel(schema)]));
