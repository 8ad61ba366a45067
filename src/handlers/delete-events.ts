import type { Handler } from '../contract.ts';
import { deletePart } from '../http/delete-part.ts';
import { toDeletedPart } from '../http/deleted-part.ts';
import { problems } from '../http/problems.ts';

/** Deletes the events of a type, or of a range of instants; or counts them. */
export const deleteEvents: Handler<'deleteEvents'> = async (input, services) => {
  const part = toDeletedPart(input.query);
  if (Array.isArray(part)) return problems.invalidRequest(part);
  if (!input.query.dryRun) return await deletePart('deleteEvents', part, input, services);
  const { count, isCut } = await services.events.count(part, { signal: input.signal });
  return { status: 200, body: { count, ...(isCut && { isCut }) } };
};
