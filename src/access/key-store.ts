import type { Collection } from 'mongodb';
import { createConnected } from '../database/connected.ts';
import type { ApiKey } from './api-key.ts';

/** Where keys are looked up. It throws EventStoreUnavailable while the database is down, slow or too busy. */
export type KeyStore = { find(id: string): Promise<ApiKey | undefined> };

// The contract promises that a revoked key works for no longer than that.
const FRESH_MS = 60_000;
// Some 500 bytes each: at most 5 MB of a Lambda function's memory.
const MAX_KEYS = 10_000;

type Entry = { key: ApiKey | undefined; until: number };

/** Each process asks for a key once a minute, also for one that is not there. */
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
