import type { Client, Event } from '../../../clients/typescript/src/index.ts';
import type { Span } from './range.ts';

/** The series to read, and the signal that aborts reading. */
export type Source = { client: Client; deviceID: string; eventType: string; signal: AbortSignal };

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
  const { client, signal } = source;
  for await (const page of client.events(query, { signal }).pages()) {
    events.push(...page.events);
    if (page.nextCursor !== undefined && events.length >= MAX_EVENTS) return undefined;
  }
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
