import type { Finding } from '../../gateway/lint/lint-import-document.ts';
import type { Contract } from '../contract.ts';
import type { Place } from '../list-operations.ts';
import { listOperations } from '../list-operations.ts';

/** Finds operations that require a key without a scope. */
export const lintContract = (contract: Contract): Finding[] =>
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
