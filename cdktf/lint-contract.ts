import type { Contract } from './import-document.ts';
import type { Finding } from './lint-import-document.ts';
import { METHODS } from './methods.ts';

/** What a model cannot say, so that toModel leaves it out: by keyword, what to write instead. */
const WEAKENED: Record<string, string> = {
  exclusiveMinimum: 'write minimum, and leave the bound itself to the router',
  exclusiveMaximum: 'write maximum, and leave the bound itself to the router',
  discriminator: 'give each variant an enum of one value',
};

/** Finds what of the contract API Gateway would not check without saying so (facts 13 and 22). */
export const lintContract = ({ components, paths }: Contract): Finding[] => [
  ...Object.entries(components?.schemas ?? {}).flatMap(([name, schema]) => walk(name, schema)),
  ...Object.entries(paths).flatMap(([path, item]) =>
    METHODS.filter((method) => isUnscoped(item?.[method])).map((method) => ({
      fact: 36,
      place: `${method} ${path}`,
      message: 'asks for a key, which says nothing of what it is good for: write x-scope beside it',
    })),
  ),
];

const isUnscoped = (operation: object | undefined): boolean =>
  operation !== undefined &&
  'security' in operation &&
  Array.isArray(operation.security) &&
  operation.security.length > 0 &&
  !('x-scope' in operation);

function walk(place: string, node: unknown): Finding[] {
  if (typeof node !== 'object' || node === null) return [];
  const schema: Record<string, unknown> = { ...node };
  return [
    ...Object.keys(WEAKENED)
      .filter((keyword) => keyword in schema && !place.endsWith('/properties'))
      .map((keyword) => ({
        fact: 13,
        place,
        message: `${keyword} is dropped: ${WEAKENED[keyword]}`,
      })),
    ...(typeof schema.format === 'string' && !schema.pattern && schema.type === 'string'
      ? [
          {
            fact: 22,
            place,
            message: `format ${schema.format} is dropped: write a pattern beside it`,
          },
        ]
      : []),
    ...Object.entries(schema).flatMap(([key, child]) => walk(`${place}/${key}`, child)),
  ];
}
