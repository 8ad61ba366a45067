import type { Handler } from '../contract.ts';

/** Deletes all events of a device. */
export const deleteDevice: Handler<'deleteDevice'> = async ({ path }, { events }) => {
  await events.deleteDevice(path.deviceID);
  return { status: 204, body: undefined };
};
