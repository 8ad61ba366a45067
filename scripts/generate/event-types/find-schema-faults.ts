import type { ValueSchema } from '../../../openapi/registry.ts';
import { countWays } from './count-ways.ts';
import { isUnit } from './is-unit.ts';

const MAX_DEPTH = 8;
const MAX_SCHEMAS = 200;
// As many attempts take a millisecond.
const MAX_WAYS = 100_000;

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string' && value.length <= 2_000;
const isNumber: Check = (value) => Number.isFinite(value);
const isCount: Check = (value) => Number.isInteger(value) && Number(value) >= 0;
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
const isRecord: Check = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const NUMBER = { minimum: isNumber, maximum: isNumber, 'x-unit': isText };

/**
 * The subset of JSON Schema: what Ajv, the generators of types and the C header all carry. There is no reference, so
 * no recursion, and no `oneOf` or `nullable`, for which generated types differ from language to language.
 */
const KEYWORDS: Record<string, Record<string, Check>> = {
  null: {},
  boolean: {},
  number: NUMBER,
  integer: NUMBER,
  string: {
    minLength: isCount,
    maxLength: isCount,
    pattern: isText,
    format: (value) => value === 'date-time',
    enum: (value) => isTexts(value) && (value as string[]).length > 0,
  },
  array: { items: isRecord, minItems: isCount, maxItems: isCount },
  object: {
    properties: isRecord,
    required: isTexts,
    additionalProperties: (value) => typeof value === 'boolean',
  },
};
const PROSE: Record<string, Check> = { title: isText, description: isText };

/** Finds what makes a schema unfit to describe values. An empty schema describes any JSON. */
export const findSchemaFaults = (schema: unknown): string[] => {
  const budget = { left: MAX_SCHEMAS };
  const faults = walk(schema, '', 0, budget);
  return budget.left < 0 ? [`schema has more than ${MAX_SCHEMAS} schemas in it`] : faults;
};

function walk(node: unknown, place: string, depth: number, budget: { left: number }): string[] {
  budget.left -= 1;
  // An alias of YAML may lead to a schema that contains itself, or to one of a billion.
  if (depth > MAX_DEPTH) return [`schema${place} is more than ${MAX_DEPTH} levels deep`];
  if (budget.left < 0) return [];
  if (!isRecord(node)) return [`schema${place} must be an object`];
  const schema = node as ValueSchema;
  const { type, items, properties } = schema;
  const own = findOwnFaults(schema).map((fault) => `schema${place} ${fault}`);
  const members = isRecord(properties) ? Object.entries(properties ?? {}) : [];
  return [
    ...own,
    ...(type === 'array' && items !== undefined
      ? walk(items, `${place}/items`, depth + 1, budget)
      : []),
    ...(type === 'object'
      ? members.flatMap(([name, member]) =>
          walk(member, `${place}/properties/${name.slice(0, 64)}`, depth + 1, budget),
        )
      : []),
  ];
}

function findOwnFaults(schema: ValueSchema): string[] {
  const { type, ...keywords } = schema as Record<string, unknown>;
  const known = type === undefined ? {} : findKeywords(type);
  if (!known) {
    return [`must have a type of ${Object.keys(KEYWORDS).join(', ')}, or none for any JSON`];
  }
  const wrong = Object.entries(keywords).flatMap(([name, value]) => {
    const check = new Map(Object.entries({ ...PROSE, ...known })).get(name);
    if (!check)
      return [`has ${name.slice(0, 64)}, which the subset has not for ${type ?? 'any JSON'}`];
    return check(value) ? [] : [`has ${name} with a value that it cannot have`];
  });
  return wrong.length > 0 ? wrong : findContradictions(schema);
}

/** A type may be called like a property of Object.prototype. */
const findKeywords = (type: unknown): Record<string, Check> | undefined =>
  typeof type === 'string' && Object.hasOwn(KEYWORDS, type) ? KEYWORDS[type] : undefined;

const findContradictions = (schema: ValueSchema): string[] => [
  ...['imum', 'Length', 'Items'].flatMap((what) => {
    const { [`min${what}`]: least = 0, [`max${what}`]: most = Infinity } = schema as Bounds;
    const isLower = `min${what}` in schema && least > most;
    return isLower ? [`has a min${what} above its max${what}`] : [];
  }),
  ...(schema.type === 'object' && schema.additionalProperties === undefined
    ? ['must say additionalProperties: true, if later versions may add members, or false']
    : []),
  ...(schema.required ?? [])
    .filter((name) => !Object.hasOwn(schema.properties ?? {}, name))
    .map((name) => `requires ${name}, which is not among its properties`),
  ...(Object.hasOwn(schema.properties ?? {}, '__proto__')
    ? ['has a property __proto__, which not every JSON parser keeps']
    : []),
  ...(schema.enum && new Set(schema.enum).size < schema.enum.length
    ? ['has an enum that names a value twice']
    : []),
  ...findPatternFaults(schema.pattern),
  ...(schema['x-unit'] !== undefined && !isUnit(schema['x-unit'])
    ? [`has the x-unit ${schema['x-unit']}, which is not in UCUM (see is-unit.ts)`]
    : []),
];

type Bounds = Record<string, number>;

function findPatternFaults(pattern: string | undefined): string[] {
  if (pattern === undefined) return [];
  try {
    if (!pattern.startsWith('^')) return ['has a pattern that does not begin with ^'];
    const ways = countWays(pattern);
    if (ways <= MAX_WAYS) return [];
    return [
      'has a pattern that some text takes too long to match: bound its repetitions, as in {1,32}',
    ];
  } catch (error) {
    return [`has a pattern that ${(error as Error).message}`];
  }
}
