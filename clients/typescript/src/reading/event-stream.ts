import type { EventsQuery, StoredEvent } from '../api-types.ts';
import type { Page } from './page.ts';

/** All events of a query, one by one, or page by page with `pages()`. Each page is requested when it is needed. */
export type EventStream = AsyncIterable<StoredEvent> & { pages(): AsyncIterable<Page> };

export const createEventStream = (
  query: EventsQuery,
  read: (query: EventsQuery) => Promise<Page>,
): EventStream => {
  async function* pages(): AsyncGenerator<Page> {
    for (let next: EventsQuery | undefined = query; next; ) {
      const page: Page = await read(next);
      yield page;
      next = page.next;
    }
  }
  async function* events(): AsyncGenerator<StoredEvent> {
    for await (const page of pages()) yield* page.events;
  }
  return { pages, [Symbol.asyncIterator]: events };
};
