import type { AuditEntry } from '../audit.ts';
import type { Input, Services } from '../contract.ts';
import type { DeletedPart, Deletion } from '../events/delete/deletion.ts';
import { toDeviceKey } from '../names/device-key.ts';
import type { ProblemReply } from './problems.ts';
import { problems } from './problems.ts';

type Request = Pick<Input<'deleteEvents'>, 'requestId' | 'caller'>;
type Operation = Extract<AuditEntry, { count: number }>['operation'];

/** Deletes events, and writes the audit line before the answer: also if the deletion failed on its way. */
export const deletePart = async (
  operation: Operation,
  part: DeletedPart,
  { requestId, caller }: Request,
  { events, audit }: Services,
): Promise<{ status: 204; body: undefined } | ProblemReply<503>> => {
  const { deviceID, eventType, range } = part;
  const deletion: Deletion = { count: 0 };
  let outcome: 'done' | 'unfinished' | 'failed' = 'failed';
  try {
    outcome = (await events.delete(part, deletion)) ? 'done' : 'unfinished';
  } finally {
    audit({
      operation,
      by: caller?.keyId,
      requestId,
      deviceID: toDeviceKey(deviceID),
      ...(eventType !== undefined && { eventType }),
      ...(range && { since: range.from, until: range.to }),
      count: deletion.count,
      outcome,
    });
  }
  if (outcome === 'unfinished') return problems.deletionUnfinished(deletion.count);
  return { status: 204, body: undefined };
};
