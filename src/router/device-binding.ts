import type { Caller } from '../access/caller.ts';
import { mayUseDevice } from '../access/caller.ts';
import type { CheckedItem } from '../contract.ts';
import type { ProblemReply } from '../http/problems.ts';
import { problems } from '../http/problems.ts';

type Parameters = Record<string, unknown>;
type Parts = { query: Parameters; path: Parameters; body: unknown; requestId: string };

/** Why a key that is bound to devices may not do this; of an array, each item is held to it by itself. */
export const findDeviceRefusal = (
  caller: Caller | undefined,
  { query, path, body }: Parts,
): ProblemReply | undefined => {
  if (!caller?.devices || Array.isArray(body)) return undefined;
  const inParameters = path.deviceID ?? query.deviceID;
  const field = inParameters === undefined ? { pointer: '/deviceID' } : { parameter: 'deviceID' };
  const deviceID = inParameters ?? (body as { deviceID?: unknown } | undefined)?.deviceID;
  // Where no device is named, all are meant.
  return mayUseDevice(caller, deviceID) ? undefined : problems.deviceNotAllowed(field);
};

/** The items that may not be touched with the key become problems. */
export const holdItemsToDevices = (
  caller: Caller | undefined,
  { body, requestId }: Parts,
): unknown => {
  if (!caller?.devices || !Array.isArray(body)) return body;
  const problem = { ...problems.deviceNotAllowed({ pointer: '/deviceID' }).body, requestId };
  return (body as CheckedItem<{ deviceID?: unknown }>[]).map((checked) =>
    'problem' in checked || mayUseDevice(caller, checked.item.deviceID) ? checked : { problem },
  );
};
