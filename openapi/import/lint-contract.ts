import type { Finding } from '../../gateway/lint/lint-import-document.ts';
import type { Contract } from '../contract.ts';
import type { Place } from '../list-operations.ts';
import { listOperations } from '../list-operations.ts';

/** What a model cannot say, so that toModel leaves it out: by keyword, what to write instead. */
const WEAKENED: Record<string, string> = {
  exclusiveMinimum: 'write minimum, and leave the bound itself to the router',
  exclusiveMaximum: 'write maximum, and leave the bound itself to the router',
  discriminator: 'give each variant an enum of one value',
};

/** Finds what of the contract API Gateway would not check without saying so (facts 13 and 22). */
export const lintContract = (contract: Contract): Finding[] => [
  ...Object.entries(contract.components?.schemas ?? {}).flatMap(([name, schema]) =>
    walk(name, schema),
  ),
  ...listOperations(contract)
    .filter(isUnscoped)
    .map(({ path, method }) => ({
      fact: 36,
      place: `${method} ${path}`,
      message: 'asks for a key, which says nothing of what it is good for: write x-scope beside it',
    })),
];

function isUnscoped({ operation }: Place): boolean {
  return (operation.security ?? []).length > 0 && !('x-scope' in operation);
}

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
