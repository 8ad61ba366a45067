import type { Contract } from '../contract.ts';
import type { Place } from '../list-operations.ts';
import { listOperations } from '../list-operations.ts';

/** Something that API Gateway would not check: its fact in gateway/facts.md, the place, the remedy. */
export type ContractFinding = { fact: number; place: string; message: string };

/** The keywords that models do not support and toModel therefore drops, each with its replacement. */
const WEAKENED: Record<string, string> = {
  exclusiveMinimum: 'use minimum, and leave the exact bound to the router',
  exclusiveMaximum: 'use maximum, and leave the exact bound to the router',
  discriminator: 'give each variant an enum with one value',
};

/** Finds the parts of the contract that API Gateway would silently not check (facts 13 and 22), and keys without a scope. */
export const lintContract = (contract: Contract): ContractFinding[] => [
  ...listBodySchemas(contract).flatMap((name) => walk(name, contract.components?.schemas?.[name])),
  ...listOperations(contract)
    .filter(isUnscoped)
    .map(({ path, method }) => ({
      fact: 36,
      place: `${method} ${path}`,
      message: 'requires a key, but no scope: add x-scope',
    })),
];

/** The names of the schemas that request bodies use: API Gateway validates nothing else. */
function listBodySchemas(contract: Contract): string[] {
  const names = new Set<string>();
  const visit = (node: unknown = null): void => {
    for (const [, name] of JSON.stringify(node).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (!name || names.has(name)) continue;
      names.add(name);
      visit(contract.components?.schemas?.[name]);
    }
  };
  for (const { operation } of listOperations(contract)) visit(operation.requestBody);
  return [...names];
}

function isUnscoped({ operation }: Place): boolean {
  return (operation.security ?? []).length > 0 && !('x-scope' in operation);
}

function walk(place: string, node: unknown): ContractFinding[] {
  if (typeof node !== 'object' || node === null) return [];
  const schema: Record<string, unknown> = { ...node };
  return [
    ...Object.keys(WEAKENED)
      .filter((keyword) => keyword in schema && !place.endsWith('/properties'))
      .map((keyword) => ({
        fact: 13,
        place,
        message: `${keyword} would be dropped: ${WEAKENED[keyword]}`,
      })),
    ...(typeof schema.format === 'string' && !schema.pattern && schema.type === 'string'
      ? [
          {
            fact: 22,
            place,
            message: `format ${schema.format} would be dropped: add a pattern`,
          },
        ]
      : []),
    ...Object.entries(schema).flatMap(([key, child]) => walk(`${place}/${key}`, child)),
  ];
}
