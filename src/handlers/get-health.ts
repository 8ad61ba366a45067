import type { Handler } from '../contract.ts';

/** Says that the function runs, and which one; does not ask the database. */
export const getHealth: Handler<'getHealth'> = async (_, { release }) => ({
  status: 200,
  body: { status: 'ok', ...release },
});
