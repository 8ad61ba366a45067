import type { Contract } from '../contract.ts';
import type { Place } from '../list-operations.ts';
import { listOperations } from '../list-operations.ts';

/** Something that API Gateway would not check: its fact in gateway/facts.md, the place, the remedy. */
export type ContractFinding = { fact: number; place: string; message: string };

/** Finds operations that require a key without a scope. */
export const lintContract = (contract: Contract): ContractFinding[] =>
  listOperations(contract)
    .filter(isUnscoped)
    .map(({ path, method }) => ({
      fact: 36,
      place: `${method} ${path}`,
      message: 'requires a key, but no scope: add x-scope',
    }));

function isUnscoped({ operation }: Place): boolean {
  return (operation.security ?? []).length > 0 && !('x-scope' in operation);
}
