import type { Handler } from '../contract.ts';
import { createConditionalReply } from '../http/conditional-reply.ts';
import { toSummaryRange } from '../http/event-query.ts';
import { problems } from '../http/problems.ts';

/** Summarizes the numeric events of one device and event type by interval. */
export const summarizeEvents: Handler<'summarizeEvents'> = async (
  { query, headers, signal },
  { events, clock },
) => {
  const summary = toSummaryRange(query);
  if (Array.isArray(summary)) return problems.invalidRequest(summary);
  const { range, timeZone, pointer } = summary;
  // An update of the time zones may move the intervals of a range.
  const zones = process.versions.tz;
  const tagged = { ...range, interval: query.interval, timeZone, pointer, zones };
  const seconds = clock.freshFor(range, new Date());
  const reply = createConditionalReply(tagged, headers['If-None-Match'], seconds);
  const current =
    reply.known.length > 0
      ? await events.findCurrentSummary(range, reply.known, { signal })
      : undefined;
  if (current) return reply.notModified(current);
  const found = await events.summarize(summary, { signal });
  if (!found) {
    const detail = 'has more events than can be summarized at once: ask for a shorter range';
    return problems.invalidRequest([{ code: 'too-large', parameter: 'until', detail }]);
  }
  return reply.of(found.version, { timeZone, intervals: found.intervals });
};
