import type { Document } from 'openapi-backend';
import { OpenAPIBackend } from 'openapi-backend';
import type { Contract } from '../../openapi/contract.ts';
import { listOperations } from '../../openapi/list-operations.ts';
import type { Handlers, OperationId } from '../../src/contract.ts';
import { listUnwritten, listUnwrittenFaults } from '../generate/handlers/list-unwritten.ts';

/** Tells that a reply is the contract's example. */
const HEADER = 'X-Example-Reply';

/**
 * Answers for handlers that are stubs: by the contract's example, or by one that fits the schema.
 * @param report takes a line for each stub
 */
export const withExamples = async (
  handlers: Handlers,
  contract: Contract,
  report: (line: string) => void,
): Promise<Handlers> => {
  const unwritten = listUnwritten();
  if (unwritten.length === 0) return handlers;
  for (const fault of listUnwrittenFaults()) {
    report(`${fault}. Until then, its replies are the contract's example (header ${HEADER}).`);
  }
  const definition = structuredClone(contract) as unknown as Document;
  const backend = new OpenAPIBackend({ definition, quick: true, validate: false });
  await backend.init();
  const examples = unwritten.map((id) => {
    const code = toSuccess(contract, id);
    const handler = async ({ mediaType }: { mediaType: string }) => {
      const { mock } = backend.mockResponseForOperation(id, { code, mediaType });
      const body = code === 204 ? undefined : mock;
      return { status: code, headers: { [HEADER]: id }, body };
    };
    return [id, handler as Handlers[OperationId]] as const;
  });
  return { ...handlers, ...Object.fromEntries(examples) };
};

/** The first status that means success. */
function toSuccess(contract: Contract, id: string): number {
  const operation = listOperations(contract).find((each) => each.operation.operationId === id);
  const statuses = Object.keys(operation?.operation.responses ?? {});
  return Number(statuses.find((status) => status.startsWith('2')) ?? 200);
}
