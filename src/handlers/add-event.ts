import type { Handler } from '../contract.ts';
import { problems } from '../http/problems.ts';

/** Stores one event, once. An event without a date, which then has an id, gets the time of its arrival. */
export const addEvent: Handler<'addEvent'> = async ({ body }, { events, clock, eventTypes }) => {
  const now = new Date();
  const { date = now.toISOString() } = body;
  const refusal = clock.refuse(date, now);
  if (refusal) return problems.clockSkew(now, refusal);
  const judgement = eventTypes.judge(body);
  if (judgement && 'refusal' in judgement) return problems.invalidRequest([judgement.refusal]);
  const status = await events.add({ ...body, date });
  const warnings = judgement && { warnings: judgement.warnings };
  if (status === 'duplicate')
    return { status: 200, body: { status, message: 'Event already stored', ...warnings } };
  if (judgement) eventTypes.count(judgement);
  const stamp = body.date === undefined && { date };
  return { status: 201, body: { status, ...stamp, message: 'Created event', ...warnings } };
};
