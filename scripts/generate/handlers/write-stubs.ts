import { existsSync, writeFileSync } from 'node:fs';
import type { Contract } from '../../../openapi/contract.ts';
import { listOperations } from '../../../openapi/list-operations.ts';
import { toHandlerPath } from './to-handler-path.ts';

/** Writes a stub for each operation without a handler; returns their paths. */
export const writeStubs = (contract: Contract): string[] =>
  listOperations(contract).flatMap(({ operation: { operationId = '', summary = '' } }) => {
    const path = toHandlerPath(operationId);
    if (existsSync(path)) return [];
    writeFileSync(path, toStub(operationId, summary));
    return [path];
  });

/** It compiles, but generated/handlers.ts does not, until there is a handler. */
const toStub = (
  id: string,
  summary: string,
): string => `import type { Handler } from '../contract.ts';

/** ${summary}. Not written yet: until then, \`npm start\` answers with the contract's example. */
export const ${id}: Handler<'${id}'> | undefined = undefined;
`;
