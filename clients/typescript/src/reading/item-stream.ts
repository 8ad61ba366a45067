/** All items of a list, one by one, or page by page with `pages()`. Each page is requested when it is needed. */
export type ItemStream<Item, Page> = AsyncIterable<Item> & { pages(): AsyncIterable<Page> };

/** @param toItems takes the items out of a page */
export const createItemStream = <
  Query extends { cursor?: string },
  Item,
  Page extends { nextCursor?: string },
>(
  query: Query,
  read: (query: Query) => Promise<Page>,
  toItems: (page: Page) => Item[],
): ItemStream<Item, Page> => {
  async function* pages(): AsyncGenerator<Page> {
    for (let next: Query | undefined = query; next; ) {
      const page: Page = await read(next);
      yield page;
      next = page.nextCursor === undefined ? undefined : { ...query, cursor: page.nextCursor };
    }
  }
  async function* items(): AsyncGenerator<Item> {
    for await (const page of pages()) yield* toItems(page);
  }
  return { pages, [Symbol.asyncIterator]: items };
};
