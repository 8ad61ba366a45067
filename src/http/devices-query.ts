import type { Input, InvalidField } from '../contract.ts';
import type { DevicesQuery, LatestQuery } from '../events/read/event-range.ts';
import { toInstant } from '../events/to-instant.ts';
import { toDeviceKey } from '../names/device-key.ts';
import type { CursorQuery } from './cursor.ts';
import { fromCursor, toNextPage } from './cursor.ts';
import { invalidCursor } from './event-query.ts';

/** Parses a query for devices; returns the parameter at fault. */
export const toDevicesQuery = ({
  query,
  caller,
}: Pick<Input<'listDevices'>, 'query' | 'caller'>): DevicesQuery | InvalidField[] => {
  const { lastReceivedBefore: before, eventType, include, limit = 100, cursor } = query;
  if (include !== undefined && eventType === undefined) {
    return [{ code: 'required', parameter: 'eventType', detail: 'is required with include' }];
  }
  if (eventType !== undefined && include === undefined) {
    return [{ code: 'required', parameter: 'include', detail: 'is required with eventType' }];
  }
  const lastReceivedBefore = before === undefined ? undefined : toInstant(before);
  const devices = {
    limit,
    ...(caller?.devices && { among: caller.devices }),
    ...(lastReceivedBefore && { lastReceivedBefore }),
    ...(eventType !== undefined && { eventType }),
  };
  if (cursor === undefined) return devices;
  const [after] = fromCursor(cursor, toDevicesCursorQuery(devices)) ?? [];
  return after ? { ...devices, after } : [invalidCursor];
};

/** The `nextCursor` of a page that ends at the device `next`; nothing for the last page. */
export const toNextDeviceCursor = (
  query: DevicesQuery,
  next: string | undefined,
): { nextCursor?: string } =>
  toNextPage(next === undefined ? next : [next], toDevicesCursorQuery(query));

/** Parses a query for a device's event types; returns the parameter at fault. */
export const toEventTypesQuery = ({
  path,
  query: { limit = 100, cursor },
}: Pick<Input<'listDeviceEventTypes'>, 'path' | 'query'>):
  | Omit<LatestQuery, 'eventType'>
  | InvalidField[] => {
  const types = { deviceID: toDeviceKey(path.deviceID), limit };
  if (cursor === undefined) return types;
  const [after] = fromCursor(cursor, toTypesCursorQuery(types)) ?? [];
  return after ? { ...types, after } : [invalidCursor];
};

/** The `nextCursor` of a page that ends at the event type `next`; nothing for the last page. */
export const toNextEventTypeCursor = (
  query: Pick<LatestQuery, 'deviceID'>,
  next: string | undefined,
): { nextCursor?: string } =>
  toNextPage(next === undefined ? next : [next], toTypesCursorQuery(query));

const toDevicesCursorQuery = ({ lastReceivedBefore, eventType }: DevicesQuery): CursorQuery => [
  'listDevices',
  lastReceivedBefore,
  eventType,
];

const toTypesCursorQuery = ({ deviceID }: Pick<LatestQuery, 'deviceID'>): CursorQuery => [
  'listDeviceEventTypes',
  deviceID,
];
