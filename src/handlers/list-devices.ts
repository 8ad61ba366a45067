import type { Handler } from '../contract.ts';
import { toDevicesQuery, toNextDeviceCursor } from '../http/devices-query.ts';
import { problems } from '../http/problems.ts';

/** Returns a page of the devices that have events. */
export const listDevices: Handler<'listDevices'> = async (input, { events }) => {
  const query = toDevicesQuery(input);
  if (Array.isArray(query)) return problems.invalidRequest(query);
  const page = await events.devices(query, { signal: input.signal });
  return { status: 200, body: { devices: page.devices, ...toNextDeviceCursor(query, page.next) } };
};
