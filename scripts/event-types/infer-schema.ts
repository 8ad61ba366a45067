import type { ValueSchema } from '../../openapi/registry.ts';

// With more, a member is a key of data rather than a name.
const MAX_MEMBERS = 50;
const MAX_DEPTH = 6;

/** Drafts a schema that takes all of these values; any JSON if they are of different types. */
export const inferSchema = (values: unknown[], depth = 0): ValueSchema => {
  const types = new Set(values.map(toType));
  const [type] = types;
  if (types.size === 2 && types.has('integer') && types.has('number')) return { type: 'number' };
  if (types.size !== 1 || type === undefined || depth > MAX_DEPTH) return {};
  if (type === 'array') return inferArray(values as unknown[][], depth);
  return type === 'object' ? inferObject(values as object[], depth) : { type };
};

function toType(value: unknown): NonNullable<ValueSchema['type']> {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value as 'boolean' | 'object' | 'string';
}

function inferArray(values: unknown[][], depth: number): ValueSchema {
  const items = inferSchema(values.flat(), depth + 1);
  const [first] = values;
  const isFixed = values.every(({ length }) => length === first?.length) && values.length > 1;
  return {
    type: 'array',
    ...(items.type && { items }),
    ...(isFixed && first && { minItems: first.length, maxItems: first.length }),
  };
}

function inferObject(values: object[], depth: number): ValueSchema {
  const names = [...new Set(values.flatMap((value) => Object.keys(value)))];
  if (names.length > MAX_MEMBERS || names.includes('__proto__')) {
    return { type: 'object', additionalProperties: true };
  }
  const members = names.map((name): [string, ValueSchema] => {
    const present = values.filter((value) => Object.hasOwn(value, name));
    const found = present.map((value) => (value as Record<string, unknown>)[name]);
    return [name, inferSchema(found, depth + 1)];
  });
  const required = names.filter((name) => values.every((value) => Object.hasOwn(value, name)));
  return {
    type: 'object',
    additionalProperties: true,
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(members),
  };
}
