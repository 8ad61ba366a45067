import type { MongoClient } from 'mongodb';
import { MongoServerSelectionError } from 'mongodb';

/** Runs database work once the client is connected. */
export type Connected = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * A client that found no server for as long as it may look is closed, and connects anew for the next work.
 * By itself driver 7.9 may never find one again: if the monitor's connection breaks while the monitor
 * writes, it waits for a `drain` that never comes. One whose first connection failed stays closed, too.
 */
export const createConnected = (client: MongoClient): Connected => {
  let generation = 0;
  let closing: Promise<void> | undefined;
  return async (work) => {
    await closing;
    const own = generation;
    try {
      // At once, where it is connected.
      await client.connect();
      return await work();
    } catch (error) {
      // Only the first of those that failed together closes it.
      if (error instanceof MongoServerSelectionError && own === generation) {
        generation += 1;
        closing = client.close().catch(() => undefined);
      }
      throw error;
    }
  };
};
