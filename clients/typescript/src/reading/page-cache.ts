import type { EventPage } from '../contract/api-types.ts';

type Entry = { etag: string; page: EventPage; freshUntil: number };

/** Cache of pages with their ETags. Do not share one between clients with different API keys. */
export type PageCache = {
  get(key: string): Entry | undefined;
  set(key: string, entry: Entry): void;
};

/** Creates a cache in memory that keeps the `maxPages` most recently used pages, by default 100. These are frozen. */
export const createPageCache = ({ maxPages = 100 } = {}): PageCache => {
  // A Map keeps insertion order: its first key is the least recently used.
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
