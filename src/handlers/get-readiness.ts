import type { Handler } from '../contract.ts';
import { problems } from '../http/problems.ts';

/** Says whether the function can answer requests: the database is reachable and prepared. */
export const getReadiness: Handler<'getReadiness'> = async (_, { readiness }) =>
  (await readiness()) ? { status: 200, body: { status: 'ready' } } : problems.notPrepared();
