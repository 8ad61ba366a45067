/**
 * Returns the contract without room for later versions: replies have no unknown properties, and an extensible list
 * has only its known values. Our own types and response validators are generated from it, so that a misspelt
 * property does not compile, or fails a test. Clients get the open contract.
 * @param options.additionalProperties false also refuses unknown properties; otherwise the schemas do not say
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
