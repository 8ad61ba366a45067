import { readFileSync } from 'node:fs';
import { CONTRACT } from '../harness/places.ts';

/**
 * The contract, with what openapi-generator's C client cannot compile put otherwise: a value of any type as
 * an object (in C it is its JSON text in both cases), and parameters that are dates as text (else: a `char`).
 */
export const toContractForC = (): unknown =>
  JSON.parse(readFileSync(CONTRACT, 'utf8'), (key, part) => {
    if (key === 'value' && part?.description && !part.type) return { ...part, type: 'object' };
    const isDate = /\/(Day|Instant)$/.test(part?.schema?.$ref);
    return part?.in === 'query' && isDate ? { ...part, schema: { type: 'string' } } : part;
  });
