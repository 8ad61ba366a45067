import type { Handler } from '../contract.ts';
import { toEventTypesQuery, toNextEventTypeCursor } from '../http/devices-query.ts';
import { problems } from '../http/problems.ts';

/** Returns a page of the event types of a device. */
export const listDeviceEventTypes: Handler<'listDeviceEventTypes'> = async (input, { events }) => {
  const query = toEventTypesQuery(input);
  if (Array.isArray(query)) return problems.invalidRequest(query);
  const { eventTypes, next } = await events.eventTypes(query, { signal: input.signal });
  if (eventTypes.length === 0 && query.after === undefined) return problems.deviceUnknown();
  return { status: 200, body: { eventTypes, ...toNextEventTypeCursor(query, next) } };
};
