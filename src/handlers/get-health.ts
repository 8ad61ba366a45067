import type { Handler } from '../contract.ts';

/** Says that the function runs; does not ask the database. */
export const getHealth: Handler<'getHealth'> = async () => ({
  status: 200,
  body: { status: 'ok' },
});
