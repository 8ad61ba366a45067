/**
 * The contract with `x-required-unless` as JSON Schema: `{ date: id }` requires `date` where there is no `id`. The
 * published contract has no `if` or `anyOf`, which spoil the models that generators make.
 */
export const withRules = <Contract extends object>(contract: Contract): Contract =>
  JSON.parse(JSON.stringify(contract), (_, node) => {
    const rule = node?.['x-required-unless'];
    if (!rule) return node;
    const [[name, alternative] = []] = Object.entries(rule);
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema, in an object that nobody awaits
    return { ...node, if: { not: { required: [alternative] } }, then: { required: [name] } };
  });
