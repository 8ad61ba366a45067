import type { Collection } from 'mongodb';
import { toDeviceKey } from '../../names/device-key.ts';
import type { Bucket } from '../bucket.ts';

/**
 * Deletes all events of a device, whatever their type and day. It is not atomic: if it fails, some may be
 * deleted, and calling it again deletes the rest.
 */
export const deleteDevice = async (
  buckets: Collection<Bucket>,
  deviceID: string,
): Promise<void> => {
  await buckets.deleteMany({ deviceID: toDeviceKey(deviceID) });
};
