/**
 * The contract as it is today, without room for later versions: no unknown properties in replies, and only the
 * listed values of an extensible list. The types and the validators of this repository's own replies are made of
 * it, so that a misspelt property does not compile, or is caught by a test. Clients get the open one.
 */
export const toExact = <Contract extends object>(
  contract: Contract,
  { additionalProperties }: { additionalProperties?: false } = {},
): Contract =>
  JSON.parse(JSON.stringify(contract), (_, node) => {
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return node;
    const { 'x-extensible-enum': values, ...schema } = node;
    if (values) schema.enum = values;
    if (schema.additionalProperties !== true) return schema;
    const { additionalProperties: __, ...closed } = schema;
    return additionalProperties === false ? { ...closed, additionalProperties } : closed;
  });
