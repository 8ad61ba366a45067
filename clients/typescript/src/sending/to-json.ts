/**
 * Writes JSON for the API, which takes U+FFFD only as an escape: unescaped, it stands for text that was not UTF-8. Half a
 * surrogate pair, which UTF-8 does not have, is an escape already. Throws a TypeError for a value that JSON does not
 * have, which `JSON.stringify` would replace by null.
 */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, refuse).replaceAll('\ufffd', '\\ufffd');

function refuse(this: unknown, key: string, value: unknown): unknown {
  const isNumber = typeof value !== 'number' || Number.isFinite(value);
  const isLost = value === undefined ? Array.isArray(this) : WITHOUT_JSON.has(typeof value);
  // An invalid Date: its toJSON returns null.
  const isNulled = value === null && Object(this)[key] !== null;
  if (isNumber && !isLost && !isNulled) return value;
  throw new TypeError(
    `${key || 'The value'} is ${String(Object(this)[key])}, which JSON does not have`,
  );
}

const WITHOUT_JSON = new Set(['function', 'symbol']);
