import type { Api, StoredEvent } from './api.ts';
import type { Span } from './range.ts';

/** Of which device and type, and until when anybody waits for it. */
export type Source = { api: Api; deviceID: string; eventType: string; signal: AbortSignal };

// As many as a chart has columns, some times over; and no more than four requests.
export const MAX_EVENTS = 4000;
const PAGE = 1000;

/** The events of the span, oldest first, page by page; undefined where they are too many. */
export const readEvents = async (
  source: Source,
  span: Pick<Span, 'from' | 'to'>,
): Promise<StoredEvent[] | undefined> => {
  const query = { ...toQuery(source, span), order: 'asc', limit: PAGE } as const;
  const events: StoredEvent[] = [];
  let cursor: string | undefined;
  do {
    const more = cursor === undefined ? {} : { cursor };
    const page = await source.api.events({ ...query, ...more }, source.signal);
    events.push(...page.events);
    cursor = page.cursor;
    if (cursor !== undefined && events.length >= MAX_EVENTS) return undefined;
  } while (cursor !== undefined);
  return events;
};

/** What all reads of a span have in common. */
export const toQuery = (
  { deviceID, eventType }: Source,
  { from, to }: Pick<Span, 'from' | 'to'>,
) => ({
  deviceID,
  eventType,
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
});
