import type { Collection } from 'mongodb';
import { createConnected } from '../database/connected.ts';
import type { ApiKey } from './api-key.ts';

/** Looks keys up; rejects with EventStoreUnavailable while the database is down, slow or too busy. */
export type KeyStore = { find(id: string): Promise<ApiKey | undefined> };

// The contract promises that a revoked key stops working within a minute.
const FRESH_MS = 60_000;
// About 500 bytes each: at most 5 MB of the function's memory.
const MAX_KEYS = 10_000;

type Entry = { key: ApiKey | undefined; until: number };

/** Remembers for a minute what the database says of a key, also that there is no such key. */
export const createKeyStore = (keys: Collection<ApiKey>): KeyStore => {
  const known = new Map<string, Entry>();
  const connected = createConnected(keys.db.client);
  const read = async (id: string): Promise<ApiKey | undefined> =>
    (await connected(() => keys.findOne({ _id: id }))) ?? undefined;
  return {
    async find(id) {
      const entry = known.get(id);
      if (entry && entry.until > performance.now()) return entry.key;
      const key = await read(id);
      known.delete(id);
      known.set(id, { key, until: performance.now() + FRESH_MS });
      const oldest = known.keys().next();
      if (known.size > MAX_KEYS && !oldest.done) known.delete(oldest.value);
      return key;
    },
  };
};
