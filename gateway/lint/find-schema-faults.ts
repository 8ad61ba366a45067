import type { Model } from '../document/api.ts';
import { isRecord } from '../document/cursor.ts';

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const COUNTS = new Set([
  'maxItems',
  'maxLength',
  'maxProperties',
  'minItems',
  'minLength',
  'minProperties',
]);
const BOUNDS = new Set(['maximum', 'minimum', 'multipleOf']);
const FLAGS = new Set(['uniqueItems', 'exclusiveMaximum', 'exclusiveMinimum']);
const SCHEMA_LISTS = new Set(['allOf', 'anyOf', 'oneOf']);

/** Finds keywords whose values the meta-schema of draft 4, or OpenAPI 3.0, does not allow (fact 82). Not recursive. */
export const findSchemaFaults = (schema: Model): string[] =>
  // Draft 4 ignores the siblings of a $ref.
  typeof schema.$ref === 'string'
    ? []
    : Object.entries(schema).flatMap(([keyword, value]) => {
        const fault = findFault(keyword, value) ?? findLoneFlag(keyword, schema);
        return fault === undefined ? [] : [`has the ${keyword} ${toShort(value)}: ${fault}`];
      });

/** Draft 4 allows an exclusive bound only beside the bound. */
function findLoneFlag(keyword: string, schema: Model): string | undefined {
  const [, bound] = /^exclusive(Maximum|Minimum)$/.exec(keyword) ?? [];
  if (bound === undefined || typeof schema[keyword] !== 'boolean') return undefined;
  const name = bound.toLowerCase();
  return schema[name] === undefined ? `add ${name}, which it belongs to` : undefined;
}

function findFault(keyword: string, value: unknown): string | undefined {
  if (COUNTS.has(keyword)) return isCount(value) ? undefined : 'write a whole number from 0';
  if (BOUNDS.has(keyword)) return findBoundFault(keyword, value);
  if (FLAGS.has(keyword)) return findFlagFault(keyword, value);
  if (SCHEMA_LISTS.has(keyword)) {
    return isList(value) && value.every(isRecord)
      ? undefined
      : 'write a list of schemas, not empty';
  }
  switch (keyword) {
    case '$ref':
      return 'write the pointer of a model';
    case 'type':
      return findTypeFault(value);
    case 'required':
      return isNames(value) ? undefined : 'write a list of names, or leave it out';
    case 'enum':
      return isList(value) && areUnique(value) ? undefined : 'write a list of different values';
    case 'pattern':
      return findPatternFault(value);
    case 'properties':
    case 'definitions':
      return isRecord(value) && Object.values(value).every(isRecord)
        ? undefined
        : 'write a schema for each name';
    case 'patternProperties':
      return isRecord(value) && Object.values(value).every(isRecord)
        ? Object.keys(value).map(findPatternFault).find(Boolean)
        : 'write a schema for each pattern';
    case 'dependencies':
      return isRecord(value) &&
        Object.values(value).every((needed) => isRecord(needed) || isNames(needed))
        ? undefined
        : 'write a list of names, or a schema, for each name';
    case 'items':
    case 'not':
      return isRecord(value) ? undefined : 'write one schema';
    case 'additionalItems':
    case 'additionalProperties':
      return isRecord(value) || typeof value === 'boolean'
        ? undefined
        : 'write true, false or a schema';
    case 'format':
    case 'id':
    case '$schema':
    case 'title':
    case 'description':
      return typeof value === 'string' ? undefined : 'write text';
    default:
      return undefined;
  }
}

function findTypeFault(value: unknown): string | undefined {
  if (Array.isArray(value)) return 'write one type; for several, anyOf';
  // Draft 4 has it, OpenAPI 3.0 does not, and AWS validates it (fact 14).
  return value === 'null' || TYPES.some((type) => type === value)
    ? undefined
    : `write one of ${TYPES.join(', ')}`;
}

/** A number is a bound of later drafts, which has a rule of its own (fact 13). */
function findFlagFault(keyword: string, value: unknown): string | undefined {
  if (typeof value === 'boolean') return undefined;
  return keyword !== 'uniqueItems' && typeof value === 'number' ? undefined : 'write true or false';
}

const findBoundFault = (keyword: string, value: unknown): string | undefined =>
  typeof value === 'number' && (keyword !== 'multipleOf' || value > 0)
    ? undefined
    : 'write a number, of a multiple one above 0';

/** Finds escapes that other languages have, and models take for letters (fact 82). */
export const findForeignEscapes = ({ pattern }: Model): string[] =>
  typeof pattern === 'string' && /\\[AzZQEG]|\\[pPu]\{/.test(pattern.replaceAll('\\\\', ''))
    ? [
        'has a pattern with \\p, \\A, \\u{} or their like, which match the letter: list the characters, or write ^ and $',
      ]
    : [];

/** Models have the regular expressions of ECMA 262 before 2018 (fact 82). */
function findPatternFault(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'write a regular expression';
  const escapes = value.replaceAll('\\\\', '');
  const outsideClasses = escapes.replace(/\[(\\.|[^\]\\])*\]/g, '[]');
  if (/\(\?<|\(\?[a-z-]+[):]/.test(outsideClasses)) {
    return 'look-behind, named groups and flags are unknown';
  }
  try {
    new RegExp(value);
    return undefined;
  } catch {
    return 'it is no regular expression';
  }
}

const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0;

const isList = (value: unknown): value is unknown[] => Array.isArray(value) && value.length > 0;

const isNames = (value: unknown): boolean =>
  isList(value) && value.every((name) => typeof name === 'string') && areUnique(value);

const areUnique = (values: unknown[]): boolean =>
  new Set(values.map((value) => JSON.stringify(toSorted(value)))).size === values.length;

/** Objects are equal whatever the order of their members. */
function toSorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toSorted);
  if (!isRecord(value)) return value;
  return Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, child]) => [name, toSorted(child)]);
}

const toShort = (value: unknown): string => JSON.stringify(value).slice(0, 60);
