/**
 * Writes `x-required-unless` as JSON Schema, for our request validators: `{ date: id }` requires `date` if there is
 * no `id`. The published contract has no `if` or `anyOf`, since generators make poor models from them.
 */
export const withRules = <Contract extends object>(contract: Contract): Contract =>
  JSON.parse(JSON.stringify(contract), (_, node) => {
    const rule = node?.['x-required-unless'];
    if (!rule) return node;
    const [[name, alternative] = []] = Object.entries(rule);
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema, in an object that nobody awaits
    return { ...node, if: { not: { required: [alternative] } }, then: { required: [name] } };
  });
