import type { Handler } from '../contract.ts';
import { fromEntityTags, matches, toEntityTag } from '../http/entity-tag.ts';
import { toSummaryRange } from '../http/event-query.ts';
import { problems } from '../http/problems.ts';

/** Summarizes the numeric events of one device and event type by interval. */
export const summarizeEvents: Handler<'summarizeEvents'> = async (
  { query, headers, signal },
  { events, clock },
) => {
  const summary = toSummaryRange(query);
  if (Array.isArray(summary)) return problems.invalidRequest(summary);
  const { range } = summary;
  const tagged = { ...range, interval: query.interval };
  const seconds = clock.freshFor(range, new Date());
  const caching = seconds > 0 && { 'Cache-Control': `private, max-age=${seconds}` };
  const toHeaders = (version: Parameters<typeof toEntityTag>[1]) => ({
    ETag: toEntityTag(tagged, version),
    ...caching,
  });
  const condition = headers['If-None-Match'] ?? '';
  const known = fromEntityTags(condition, tagged);
  const current =
    known.length > 0 ? await events.findCurrentSummary(range, known, { signal }) : undefined;
  if (current) return { status: 304, headers: toHeaders(current), body: undefined };
  const found = await events.summarize(summary, { signal });
  if (!found) {
    const detail = 'has more events than can be summarized at once: ask for a shorter range';
    return problems.invalidRequest([{ code: 'too-large', parameter: 'until', detail }]);
  }
  const replyHeaders = toHeaders(found.version);
  if (matches(condition, replyHeaders.ETag)) {
    return { status: 304, headers: replyHeaders, body: undefined };
  }
  return {
    status: 200,
    headers: replyHeaders,
    body: { timeZone: 'UTC', intervals: found.intervals },
  };
};
