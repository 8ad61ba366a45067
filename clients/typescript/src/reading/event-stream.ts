import type { Event, EventPage } from '../api-types.ts';

/** All events of a query, one by one, or page by page with `pages()`. Each page is requested when it is needed. */
export type EventStream = AsyncIterable<Event> & { pages(): AsyncIterable<EventPage> };

export const createEventStream = <Query extends { cursor?: string }>(
  query: Query,
  read: (query: Query) => Promise<EventPage>,
): EventStream => {
  async function* pages(): AsyncGenerator<EventPage> {
    for (let next: Query | undefined = query; next; ) {
      const page: EventPage = await read(next);
      yield page;
      next = page.nextCursor === undefined ? undefined : { ...query, cursor: page.nextCursor };
    }
  }
  async function* events(): AsyncGenerator<Event> {
    for await (const page of pages()) yield* page.events;
  }
  return { pages, [Symbol.asyncIterator]: events };
};
