import type { Page } from './page.ts';

type Entry = { etag: string; page: Page; freshUntil: number };

/** Pages that were read, with what tells whether they still hold. A client's cache is of its key alone. */
export type PageCache = {
  get(key: string): Entry | undefined;
  set(key: string, entry: Entry): void;
};

/** Remembers the pages used last, in memory. */
export const createPageCache = ({ maxPages = 100 } = {}): PageCache => {
  // A Map keeps the order in which its keys were put in: the first is the one not used for longest.
  const entries = new Map<string, Entry>();
  const set: PageCache['set'] = (key, entry) => {
    entries.delete(key);
    entries.set(key, entry);
    const [oldest] = entries.keys();
    if (entries.size > maxPages && oldest !== undefined) entries.delete(oldest);
  };
  return {
    get(key) {
      const entry = entries.get(key);
      if (entry) set(key, entry);
      return entry;
    },
    set,
  };
};
