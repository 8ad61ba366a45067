import type { Event, EventPage } from '../contract/api-types.ts';
import type { ItemStream } from './item-stream.ts';
import { createItemStream } from './item-stream.ts';

/** All events of a query, one by one, or page by page with `pages()`. Each page is requested when it is needed. */
export type EventStream<Type extends string = string> = ItemStream<Event<Type>, EventPage<Type>>;

export const createEventStream = <Query extends { cursor?: string }, Type extends string>(
  query: Query,
  read: (query: Query) => Promise<EventPage<Type>>,
): EventStream<Type> => createItemStream(query, read, ({ events }) => events);
