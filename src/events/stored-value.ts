/** How a value lies in the database: as BSON, or as JSON text where BSON would change it. */
export type StoredValue = { value: unknown } | { json: string };

/** Turns any JSON value into what the database gives back unchanged. */
export const toStoredValue = (value: unknown): StoredValue =>
  isBsonSafe(value, MAX_DEPTH) ? { value } : { json: JSON.stringify(value) };

export const fromStoredValue = (stored: StoredValue): unknown =>
  'json' in stored ? JSON.parse(stored.json) : stored.value;

// MongoDB takes 100 levels, of which the bucket uses three.
const MAX_DEPTH = 64;

/**
 * Keys that mean something to MongoDB (`$x`, `a.b`), to the driver (`_bsontype`, and `$ref` with `$id`,
 * which it reads back as a DBRef) or to JavaScript (`__proto__`, and `toString`, whose lists of objects
 * the driver reads back as Buffers), keys with a null byte (BSON's end mark) and strings with half a
 * surrogate pair (not UTF-8) do not come back from BSON as they went in. Strings such as `$x` do, but
 * mongo-java-server's `$filter` takes them for expressions.
 */
function isBsonSafe(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.startsWith('$');
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  if (Array.isArray(value)) return value.every((item) => isBsonSafe(item, depth - 1));
  return Object.entries(value).every(
    ([key, item]) => isSafeKey(key) && isBsonSafe(item, depth - 1),
  );
}

const isSafeKey = (key: string): boolean =>
  key !== '' &&
  key !== '_bsontype' &&
  !(key in Object.prototype) &&
  !key.startsWith('$') &&
  !key.includes('.') &&
  !key.includes('\0') &&
  key.isWellFormed();
