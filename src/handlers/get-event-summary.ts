import type { Handler } from '../contract.ts';
import { toSummaryRange } from '../http/event-query.ts';
import { problems } from '../http/problems.ts';

/** Summarises a device's numeric events of one type by interval. */
export const getEventSummary: Handler<'getEventSummary'> = async ({ query }, { events }) => {
  const range = toSummaryRange(query);
  if (Array.isArray(range)) return problems.invalidRequest(range);
  const body = await events.summarise(range);
  if (body) return { status: 200, body };
  const detail = 'has more events than can be summarised at once: ask for it in parts';
  return problems.invalidRequest([{ parameter: 'to', detail }]);
};
