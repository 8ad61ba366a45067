import type { Handler } from '../contract.ts';
import { toSummaryRange } from '../http/event-query.ts';
import { problems } from '../http/problems.ts';

/** Summarizes the numeric events of one device and event type by interval. */
export const summarizeEvents: Handler<'summarizeEvents'> = async (
  { query, signal },
  { events },
) => {
  const range = toSummaryRange(query);
  if (Array.isArray(range)) return problems.invalidRequest(range);
  const intervals = await events.summarize(range, { signal });
  if (intervals) return { status: 200, body: { timeZone: 'UTC', intervals } };
  const detail = 'has more events than can be summarized at once: ask for a shorter range';
  return problems.invalidRequest([{ code: 'too-large', parameter: 'until', detail }]);
};
