import type { Contract } from '../../openapi/contract.ts';

type Schema = { description?: string; 'x-extensible-enum'?: string[] | 'problem-types' };

/**
 * Writes the values of each extensible list into its description, since Redoc does not show `x-extensible-enum`.
 * Instead of values, a list may say `problem-types`: it gets the types of `x-problem-types`.
 */
export const withLists = (contract: Contract): Contract => {
  const problemTypes = Object.keys(contract['x-problem-types']).map((type) => `/problems/${type}`);
  return JSON.parse(JSON.stringify(contract), (_, node: Schema | null) => {
    const list = node?.['x-extensible-enum'];
    if (!node || !list) return node;
    const values = list === 'problem-types' ? problemTypes : list;
    const names = values.map((value) => `\`${value}\``).join(', ');
    const description = `${node.description ?? ''} Known values, to which later versions may add: ${names}.`;
    return { ...node, description: description.trim(), 'x-extensible-enum': values };
  });
};
