import { BSON } from 'mongodb';

/** How a value is stored: as BSON, or as JSON text if BSON would change it, or be larger. */
export type StoredValue = { value: unknown } | { json: string };

/** Turns any JSON value into a form that the database returns unchanged. */
export const toStoredValue = (value: unknown): StoredValue =>
  isBsonSafe(value, MAX_DEPTH) && !isLongAsBson(value)
    ? { value }
    : { json: JSON.stringify(value) };

// Below, a bucket of such values has 1 MB at most.
const SHORT_BYTES = 1_024;

/**
 * Whether an object or array is shorter as JSON. BSON takes up to five times as much (`[1,1,…]`); a bucket
 * of the largest events would reach the server's 16 MiB, and an update of it with its guard exceed them.
 */
function isLongAsBson(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const json = Buffer.byteLength(JSON.stringify(value));
  return json > SHORT_BYTES && json < BSON.calculateObjectSize({ value });
}

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
