import type { Handler } from '../contract.ts';

/** Says that the service runs; asks nothing of the database. */
export const getHealth: Handler<'getHealth'> = async () => ({
  status: 200,
  body: { status: 'ok' },
});
