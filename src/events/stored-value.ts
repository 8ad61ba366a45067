/** How a value is stored: as BSON, or as JSON text if BSON would change it. */
export type StoredValue = { value: unknown } | { json: string };

/** Turns any JSON value into a form that the database returns unchanged. */
export const toStoredValue = (value: unknown): StoredValue =>
  isBsonSafe(value, MAX_DEPTH) ? { value } : { json: JSON.stringify(value) };

export const fromStoredValue = (stored: StoredValue): unknown =>
  'json' in stored ? JSON.parse(stored.json) : stored.value;

// MongoDB allows 100 levels, of which the bucket uses three.
const MAX_DEPTH = 64;

/**
 * Whether the driver and MongoDB return the value as it was sent. These they do not:
 * - keys with a meaning for MongoDB (`$x`, `a.b`) or the driver (`_bsontype`; it reads `$ref` with `$id` as
 *   a DBRef);
 * - keys with a meaning for JavaScript: `__proto__`, and `toString`, whose lists of objects the driver
 *   reads as Buffers;
 * - keys with a null byte, which ends a key in BSON;
 * - text with half a surrogate pair, which UTF-8 does not have.
 */
function isBsonSafe(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.isWellFormed();
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
