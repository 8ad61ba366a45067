import { readFileSync } from 'node:fs';
import { CONTRACT } from '../harness/places.ts';

/**
 * Copies the contract, with changes that openapi-generator's C client needs to compile: values of any type become
 * objects (the C client has JSON text for both), and dates in queries become text (instead of a `char`).
 */
export const toContractForC = (): unknown =>
  JSON.parse(readFileSync(CONTRACT, 'utf8'), (key, part) => {
    if (key === 'value' && part?.description && !part.type) return { ...part, type: 'object' };
    const isDate = /\/(Day|Instant)$/.test(part?.schema?.$ref);
    return part?.in === 'query' && isDate ? { ...part, schema: { type: 'string' } } : part;
  });
