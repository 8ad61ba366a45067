import type { Handler } from '../contract.ts';

/** Reads a device's newest event of each type. */
export const getLatestEvents: Handler<'getLatestEvents'> = async ({ query }, { events }) => ({
  status: 200,
  body: await events.latest(query),
});
