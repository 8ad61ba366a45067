/** Adds a property that the contract does not know to every object, except inside the values of events. */
export const addLater = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(addLater);
  if (part === null || typeof part !== 'object') return part;
  const entries = Object.entries(part).map(([name, inner]) => [
    name,
    name === 'value' ? inner : addLater(inner),
  ]);
  return { ...Object.fromEntries(entries), addedLater: { since: '1.1.0', list: [1, null, {}] } };
};
