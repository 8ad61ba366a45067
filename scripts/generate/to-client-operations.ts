import type { Contract } from '../../openapi/contract.ts';
import { listOperations } from '../../openapi/list-operations.ts';
import { toParameters } from '../../openapi/to-parameters.ts';

/** A module that tells the TypeScript client where each operation is, and what its method takes and expects. */
export const toClientOperations = (contract: Contract): string => {
  const rows = listOperations(contract).map(({ path, method, operation }) => {
    const statuses = Object.keys(operation.responses).filter((status) => status.startsWith('2'));
    const hasQuery = toParameters(contract, operation).some(
      (parameter) => parameter.in === 'query',
    );
    const takes = operation.requestBody ? "'body'" : hasQuery ? "'query'" : 'undefined';
    return `  ${operation.operationId}: ['${method.toUpperCase()}', '${path}', ${takes}, [${statuses.join(', ')}]],`;
  });
  return `export const operations = {\n${rows.join('\n')}\n} as const;\n`;
};
