import type { Handler } from '../contract.ts';
import { deletePart } from './delete-part.ts';

/** Deletes all events of a device. */
export const deleteDevice: Handler<'deleteDevice'> = (input, services) =>
  deletePart('deleteDevice', { deviceID: input.path.deviceID }, input, services);
