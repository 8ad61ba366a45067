import type { Collection, MongoClient } from 'mongodb';
import { createConnected } from '../database/connected.ts';
import type { ApiKey, KeyParts } from './api-key.ts';
import { hasEnded, isGood } from './api-key.ts';
import { createLookUpLimit } from './look-up-limit.ts';

export type KeyStore = {
  /**
   * Returns the key if it is good: a new secret at once, a revoked one for a minute more.
   * @throws EventStoreUnavailable while the database is down, slow or too busy
   * @throws TooManyLookUps for a key that this process does not know, if there are too many of them
   */
  findGood(parts: KeyParts): Promise<ApiKey | undefined>;
};

// The contract promises that a revoked key stops working within a minute; an open stream needs some seconds to notice.
const FRESH_MS = 50_000;
// About 500 bytes each: at most 5 MB of the function's memory.
const MAX_KEYS = 10_000;

// One per client: the local gateway asks for a key before the router does.
const stores = new WeakMap<MongoClient, KeyStore>();

/**
 * Remembers for a minute what the database says of a key. That there is no such key, or that it has another secret,
 * is not remembered: it may be created or rotated in the next second. Look-ups of such keys are limited instead, so
 * that made-up keys do not keep the database from its work. They cannot displace keys from memory, and a key that
 * was good here is looked up again without a limit.
 */
export const createKeyStore = (keys: Collection<ApiKey>): KeyStore => {
  const { client } = keys.db;
  const store = stores.get(client) ?? createStore(keys, client);
  stores.set(client, store);
  return store;
};

function createStore(keys: Collection<ApiKey>, client: MongoClient): KeyStore {
  const known = new Map<string, { key: ApiKey; until: number }>();
  const connected = createConnected(client);
  const limited = createLookUpLimit(client);
  const read = async ({ id, secret }: KeyParts): Promise<ApiKey | undefined> => {
    const until = performance.now() + FRESH_MS;
    const key = await connected(() => keys.findOne({ _id: id }));
    known.delete(id);
    if (!key) return undefined;
    known.set(id, { key, until });
    const oldest = known.keys().next();
    if (known.size > MAX_KEYS && !oldest.done) known.delete(oldest.value);
    return isGood(key, secret, new Date()) ? key : undefined;
  };
  return {
    async findGood(parts) {
      const entry = known.get(parts.id);
      if (entry && hasEnded(entry.key, new Date())) return undefined;
      if (!entry || !isGood(entry.key, parts.secret, new Date())) {
        return await limited(() => read(parts));
      }
      return entry.until > performance.now() ? entry.key : await read(parts);
    },
  };
}
