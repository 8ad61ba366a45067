import { readFileSync } from 'node:fs';
import { CONTRACT } from '../harness/places.ts';

// The members of schemas whose values may be of any type.
const ANY = new Set(['value', 'schema']);
const LIST_OF_ANY = 'exampleValues';

/**
 * Copies the contract, with changes that openapi-generator's C client needs to compile: values of any type become
 * objects (the C client has JSON text for both). In queries, dates become text (instead of a `char`), as do lists and
 * booleans (which it would take for parameters and numbers), and an enum is no component (whose type it would not
 * declare).
 */
export const toContractForC = (): unknown => {
  const text = readFileSync(CONTRACT, 'utf8');
  const { components } = JSON.parse(text);
  return JSON.parse(text, (key, part) => {
    const isAny = part?.description && !part.type && !part.$ref;
    if (ANY.has(key) && isAny) return { ...part, type: 'object' };
    if (key === LIST_OF_ANY) return { description: part.description, type: 'object' };
    if (part?.in !== 'query') return part;
    if (/^(array|boolean)$/.test(part.schema.type)) return { ...part, schema: { type: 'string' } };
    const name = /[^/]+$/.exec(part.schema.$ref)?.[0] ?? '';
    if (/^(Day|Instant)$/.test(name)) return { ...part, schema: { type: 'string' } };
    return name === 'SortOrder' ? { ...part, schema: components.schemas[name] } : part;
  });
};
