import type { NewEvent } from '../contract/api-types.ts';
import type { QueueStore } from '../queue/queue-saver.ts';
import { parseEvents } from './parse-events.ts';

type TextStorage = {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
};

/**
 * Creates a store in `localStorage` that several tabs can share: each has a key of its own below the name. A new queue
 * also takes the events of tabs that have been closed, which their Web Locks tell. Without Web Locks (a page loaded over
 * plain HTTP), it takes those of open tabs as well: both then send them, and the service stores them once.
 */
export const createBrowserStore = (name = 'iot-events'): QueueStore => {
  const storage = (globalThis as unknown as { localStorage: TextStorage }).localStorage;
  const own = `${name}/${toRandom()}`;
  // What has been taken over, and its text: an open tab may have written another one since.
  const taken = new Map<string, string>();
  const take = (key: string, report: (error: unknown) => void): NewEvent[] => {
    const text = storage.getItem(key) ?? '[]';
    try {
      const events = parseEvents(text);
      taken.set(key, text);
      return events;
    } catch (error) {
      const aside = `${name}.broken/${toRandom()}`;
      storage.setItem(aside, text);
      storage.removeItem(key);
      report(new Error(`${key} has no readable events, and is now ${aside}: ${error}`));
      return [];
    }
  };
  return {
    async load(report) {
      await hold(own);
      const events: NewEvent[] = [];
      for (const key of keysBelow(storage, `${name}/`)) {
        if (await hold(key)) events.push(...take(key, report));
      }
      return events;
    },
    save(events) {
      if (events.length > 0) storage.setItem(own, JSON.stringify(events));
      else storage.removeItem(own);
      for (const [key, text] of taken) {
        if (storage.getItem(key) === text) storage.removeItem(key);
      }
      taken.clear();
    },
  };
};

const keysBelow = (storage: TextStorage, start: string): string[] =>
  Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((key) =>
    key.startsWith(start),
  );

/** Holds a lock until the page ends. Returns false if another tab has it. */
const hold = (key: string): Promise<boolean> =>
  new Promise((resolve) => {
    const { locks } = globalThis.navigator;
    if (!locks) return resolve(true);
    locks
      .request(key, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock && new Promise(() => undefined);
      })
      .catch(() => resolve(true));
  });

const toRandom = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');
