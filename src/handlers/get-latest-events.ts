import type { Handler } from '../contract.ts';

/** Lists a device's newest event of each type. */
export const getLatestEvents: Handler<'getLatestEvents'> = async ({ query }, { events }) => ({
  status: 200,
  body: await events.latest(query),
});
