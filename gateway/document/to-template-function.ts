/**
 * The name of a function that CloudFormation would resolve, such as `Fn::Sub`, if a part is one; undefined if it is
 * none (fact 86).
 */
export const toTemplateFunction = (part: unknown): string | undefined => {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return undefined;
  const [name = '', ...others] = Object.keys(part);
  if (others.length > 0) return undefined;
  const isReference = name === 'Ref' && typeof Object.values(part)[0] === 'string';
  return isReference || name.startsWith('Fn::') ? name : undefined;
};
