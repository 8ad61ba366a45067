import type { Handler } from '../contract.ts';
import { problems } from '../http/problems.ts';

/** Returns what is known of one device. */
export const getDevice: Handler<'getDevice'> = async ({ path, signal }, { events }) => {
  const device = await events.device(path.deviceID, { signal });
  return device ? { status: 200, body: device } : problems.deviceUnknown();
};
