import type { Handler } from '../contract.ts';
import { createConditionalReply } from '../http/conditional-reply.ts';
import { toEventRange, toNextCursor } from '../http/event-query.ts';
import { problems } from '../http/problems.ts';
import { toJsonText } from '../http/to-json-text.ts';

/** Returns a page of the events of one device and event type, of a UTC day or a range of instants. */
export const listEvents: Handler<'listEvents'> = async (input, { events, clock }) => {
  const { query, headers, signal } = input;
  const range = toEventRange('listEvents', query);
  if (Array.isArray(range)) return problems.invalidRequest(range);
  const seconds = clock.freshFor(range, new Date());
  const reply = createConditionalReply(range, headers['If-None-Match'], seconds);
  const current =
    reply.known.length > 0 ? await events.findCurrent(range, reply.known, { signal }) : undefined;
  if (current) return reply.notModified(current);
  const page = await events.list(range, { toText: toJsonText, signal });
  const body = { events: page.events, ...toNextCursor('listEvents', query, page.next) };
  return reply.of(page.version, body);
};
