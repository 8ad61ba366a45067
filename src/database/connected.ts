import type { MongoClient } from 'mongodb';
import { MongoServerSelectionError } from 'mongodb';
import type { Measure } from '../telemetry.ts';
import { createDeadline } from './deadline.ts';
import { DEADLINE_MS, EventStoreUnavailable, isOutage } from './outage.ts';

/** Runs database work once the client is connected, and tells an outage (EventStoreUnavailable) from a bug. */
export type Connected = <Result>(work: () => Promise<Result>) => Promise<Result>;

// The driver's own time-outs are each for a part of an operation, and it tries some operations twice.
const withDeadline = createDeadline(
  DEADLINE_MS,
  () => new EventStoreUnavailable(`The database took longer than ${DEADLINE_MS} ms`),
);

// One for each client: who finds it closed must not be another than who closed it.
const runs = new WeakMap<MongoClient, Connected>();

/** @param measure is told how long the database took */
export const createConnected = (client: MongoClient, measure?: Measure): Connected => {
  const run = runs.get(client) ?? createReconnecting(client);
  runs.set(client, run);
  return async (work) => {
    const start = performance.now();
    try {
      return await withDeadline(run(work));
    } catch (error) {
      throw isOutage(error)
        ? new EventStoreUnavailable('The database does not answer', { cause: error })
        : error;
    } finally {
      measure?.('DatabaseTime', performance.now() - start);
    }
  };
};

/**
 * A client that found no server for as long as it may look is closed, and connects anew for the next work.
 * By itself driver 7.9 may never find one again: if the monitor's connection breaks while the monitor
 * writes, it waits for a `drain` that never comes. One whose first connection failed stays closed, too.
 */
function createReconnecting(client: MongoClient): Connected {
  let opening: Promise<void> | undefined;
  let closing: Promise<void> | undefined;
  const giveUp = (error: unknown): void => {
    opening = undefined;
    if (!(error instanceof MongoServerSelectionError)) return;
    closing = client.close().catch(() => undefined);
  };
  const open = async (): Promise<void> => {
    await closing;
    try {
      await client.connect();
    } catch (error) {
      giveUp(error);
      throw error;
    }
  };
  return async (work) => {
    opening ??= open();
    const own = opening;
    await own;
    try {
      return await work();
    } catch (error) {
      // Only the first of those that failed together closes it.
      if (error instanceof MongoServerSelectionError && own === opening) giveUp(error);
      throw error;
    }
  };
}
