import type { Handler } from '../contract.ts';

/** Reads a device's events of one type and UTC day, newest first. */
export const getEvents: Handler<'getEvents'> = async ({ query }, { events }) => ({
  status: 200,
  body: await events.list(query),
});
