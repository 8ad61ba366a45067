import type { Model } from '../../gateway/import-document.ts';

// The keywords that models support (fact 13), but for those whose faults API Gateway tells without the field:
// `pattern` and lengths, and unknown members. The router checks these, and names the field. `format` is left out,
// since some formats break validation on AWS (fact 22).
const KEYWORDS = new Set([
  'type',
  'required',
  'enum',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'title',
]);
const SCHEMAS = new Set(['items', 'not']);
const LISTS = new Set(['allOf', 'anyOf', 'oneOf']);

/** Turns an OpenAPI 3.0 schema into a draft 4 model that accepts every value the schema accepts. */
export const toModel = (schema: object): Model => {
  // Draft 4 ignores the siblings of a $ref.
  if ('$ref' in schema) return { $ref: schema.$ref };
  const keywords = Object.entries(schema).filter(
    // A model would reject a whole array for one invalid item: the router validates each item by itself.
    ([keyword]) => !('x-items-validated-by' in schema && keyword === 'items'),
  );
  const model = Object.fromEntries(keywords.flatMap(toKeyword));
  return 'nullable' in schema && schema.nullable ? { anyOf: [model, { type: 'null' }] } : model;
};

function toKeyword([keyword, value]: [string, unknown]): [string, unknown][] {
  if (KEYWORDS.has(keyword)) return [[keyword, value]];
  if (keyword === 'properties') return [[keyword, mapValues(value as Record<string, object>)]];
  if (LISTS.has(keyword)) return [[keyword, (value as object[]).map(toModel)]];
  if (SCHEMAS.has(keyword)) return [[keyword, toModel(value as object)]];
  return [];
}

const mapValues = (schemas: Record<string, object>): Record<string, Model> =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, toModel(schema)]));
