import type { Handler } from '../contract.ts';

/** Deletes all events of a device. */
export const deleteDeviceEvents: Handler<'deleteDeviceEvents'> = async ({ path }, { events }) => {
  await events.deleteDevice(path.deviceID);
  return { status: 204, body: undefined };
};
