import type { Handler } from '../contract.ts';
import { toLatestQuery, toNextTypeCursor } from '../http/event-query.ts';
import { problems } from '../http/problems.ts';
import { toJsonText } from '../http/to-json-text.ts';

/** Returns the newest event of each event type of a device, or of one event type. */
export const listLatestEvents: Handler<'listLatestEvents'> = async (input, { events }) => {
  const query = toLatestQuery(input.query);
  if (Array.isArray(query)) return problems.invalidRequest(query);
  const page = await events.latest(query, { toText: toJsonText, signal: input.signal });
  return { status: 200, body: { events: page.events, ...toNextTypeCursor(query, page.next) } };
};
