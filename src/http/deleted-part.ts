import type { Input, InvalidField } from '../contract.ts';
import type { DeletedPart } from '../events/delete/deletion.ts';
import { toInstant } from '../events/to-instant.ts';

/** Parses a query for the events to delete; returns the parameters at fault where they contradict each other. */
export const toDeletedPart = ({
  deviceID,
  eventType,
  since,
  until,
}: Input<'deleteEvents'>['query']): (DeletedPart & { eventType: string }) | InvalidField[] => {
  if (since === undefined && until === undefined) return { deviceID, eventType };
  // A bound that was left out by mistake must not widen a deletion.
  if (until === undefined) return [toMissing('until', 'since')];
  if (since === undefined) return [toMissing('since', 'until')];
  // The contract has validated both.
  const [from, to] = [toInstant(since), toInstant(until)];
  if (!from || !to || to <= from) {
    return [{ code: 'empty-range', parameter: 'until', detail: 'must be later than since' }];
  }
  return { deviceID, eventType, range: { from, to } };
};

const toMissing = (parameter: string, other: string): InvalidField => ({
  code: 'required',
  parameter,
  detail: `is required if ${other} is given`,
});
