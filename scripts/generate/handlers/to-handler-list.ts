import type { Contract } from '../../../openapi/contract.ts';
import { listOperations } from '../../../openapi/list-operations.ts';
import { toHandlerPath } from './to-handler-path.ts';

/** A module that lists the handler of each operation, from src/handlers/. */
export const toHandlerList = (contract: Contract): string => {
  const ids = listOperations(contract)
    .map(({ operation }) => operation.operationId ?? '')
    .sort();
  const imports = ids.map((id) => `import { ${id} } from '../${toHandlerPath(id)}';`);
  return `import type { Handlers } from '../src/contract.ts';
${imports.join('\n')}

export const handlers: Handlers = {
${ids.map((id) => `  ${id},`).join('\n')}
};
`;
};
