import type { Handler } from '../contract.ts';
import { problems } from '../http/problems.ts';

/** Stores one event, once. */
export const addEvent: Handler<'addEvent'> = async ({ body }, { events, clock }) => {
  const now = new Date();
  const refusal = clock.refuse(body.date, now);
  if (refusal) return problems.clockSkew(now, refusal);
  return (await events.add(body)) === 'created'
    ? { status: 201, body: { message: 'Created event' } }
    : { status: 200, body: { message: 'Event already stored' } };
};
