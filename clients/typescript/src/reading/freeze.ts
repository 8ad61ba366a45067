/** Makes JSON immutable, in depth: everybody who reads a cached page gets the same one. */
export const freeze = <Value>(value: Value): Value => {
  if (Object(value) !== value) return value;
  for (const part of Object.values(value as object)) freeze(part);
  return Object.freeze(value);
};
