import type { Handler } from '../contract.ts';
import { deletePart } from '../http/delete-part.ts';

/** Deletes all events of a device. */
export const deleteDevice: Handler<'deleteDevice'> = (input, services) =>
  deletePart('deleteDevice', { deviceID: input.path.deviceID }, input, services);
