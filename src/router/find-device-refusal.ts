import type { Caller } from '../access/caller.ts';
import { mayUseDevice } from '../access/caller.ts';
import type { ProblemReply } from '../http/problems.ts';
import { problems } from '../http/problems.ts';
import { isBatch } from './body.ts';

type Values = Record<string, unknown>;
type Parts = { query: Values; path: Values; body: unknown; requestId: string };

/** The problem of a caller whose key is bound to other devices; events of a batch are checked one by one. */
export const findDeviceRefusal = (
  caller: Caller | undefined,
  { query, path, body }: Parts,
): ProblemReply | undefined => {
  if (!caller?.devices || isBatch(body)) return undefined;
  const inParameters = path.deviceID ?? query.deviceID;
  const field = inParameters === undefined ? { pointer: '/deviceID' } : { parameter: 'deviceID' };
  const deviceID = inParameters ?? (body as { deviceID?: unknown } | undefined)?.deviceID;
  // A request that names no device is for all devices, and so refused.
  return mayUseDevice(caller, deviceID) ? undefined : problems.deviceNotAllowed(field);
};

/** Replaces a batch's events of other devices with problems. */
export const holdItemsToDevices = (
  caller: Caller | undefined,
  { body, requestId }: Parts,
): unknown => {
  if (!caller?.devices || !isBatch(body)) return body;
  const problem = { ...problems.deviceNotAllowed({ pointer: '/deviceID' }).body, requestId };
  const events = body.events.map((checked) =>
    'problem' in checked || mayUseDevice(caller, checked.item.deviceID) ? checked : { problem },
  );
  return { events };
};
