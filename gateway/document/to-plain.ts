import type { Fault } from './cursor.ts';
import { isRecord } from './cursor.ts';

// Far more than any API has, and far less than exhausts the stack.
const MAX_DEPTH = 200;
const ROOT = '';

/** Copies a document as plain JSON, so that nothing in it is shared, circular, or no JSON value. */
export const toPlain = (document: unknown): Record<string, unknown> | Fault => {
  if (isTooDeep(document)) {
    return { place: ROOT, message: `is nested more than ${MAX_DEPTH} levels deep, or in a circle` };
  }
  try {
    const plain: unknown = JSON.parse(JSON.stringify(document) ?? 'null');
    if (isRecord(plain)) return plain;
  } catch (error) {
    return { place: ROOT, message: `is no JSON: ${(error as Error).message}` };
  }
  return { place: ROOT, message: 'is no object: write an OpenAPI document' };
};

/** Looks level by level, so that depth costs no stack. */
function isTooDeep(document: unknown): boolean {
  let level = new Set([document]);
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const next = new Set<unknown>();
    for (const part of level) {
      if (typeof part !== 'object' || part === null) continue;
      for (const child of Object.values(part)) {
        if (typeof child === 'object' && child !== null) next.add(child);
      }
    }
    if (next.size === 0) return false;
    level = next;
  }
  return true;
}
