import type { Api, Event } from './api.ts';
import type { Span } from './range.ts';

/** The series to read, and the signal that aborts reading. */
export type Source = { api: Api; deviceID: string; eventType: string; signal: AbortSignal };

// Several events for each column of a chart, in at most four requests.
export const MAX_EVENTS = 4000;
const PAGE = 1000;

/** Reads the events of the span page by page, oldest first; undefined if there are more than MAX_EVENTS. */
export const readEvents = async (
  source: Source,
  span: Pick<Span, 'from' | 'to'>,
): Promise<Event[] | undefined> => {
  const query = { ...toQuery(source, span), order: 'asc', limit: PAGE } as const;
  const events: Event[] = [];
  let cursor: string | undefined;
  do {
    const more = cursor === undefined ? {} : { cursor };
    const page = await source.api.events({ ...query, ...more }, source.signal);
    events.push(...page.events);
    cursor = page.nextCursor;
    if (cursor !== undefined && events.length >= MAX_EVENTS) return undefined;
  } while (cursor !== undefined);
  return events;
};

/** The query parameters that all reads of a span share. */
export const toQuery = (
  { deviceID, eventType }: Source,
  { from, to }: Pick<Span, 'from' | 'to'>,
) => ({
  deviceID,
  eventType,
  since: new Date(from).toISOString(),
  until: new Date(to).toISOString(),
});
