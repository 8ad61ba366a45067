import type { Handler } from '../contract.ts';

/** Stores one event, once. */
export const addEvent: Handler<'addEvent'> = async ({ body }, { events, clock }) =>
  clock.refuse(body.date, new Date()) ??
  ((await events.add(body)) === 'created'
    ? { status: 201, body: { message: 'Created event' } }
    : { status: 200, body: { message: 'Event already stored' } });
