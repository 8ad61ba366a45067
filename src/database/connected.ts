import type { MongoClient } from 'mongodb';
import { MongoServerSelectionError } from 'mongodb';
import type { Measure } from '../telemetry.ts';
import type { Deadline } from './outage.ts';
import { EventStoreUnavailable, isOutage, withDeadline } from './outage.ts';
import { tryAgain } from './try-again.ts';

/**
 * Runs database work once the client is connected; rejects with EventStoreUnavailable at an outage. Runs it up to
 * three times if a command had no effect, so work must go on from where it stopped. The signal that work gets ends
 * when its result is not waited for any more: at the deadline, or with the caller's signal.
 */
export type Connected = <Result>(
  work: (deadline: Deadline) => Promise<Result>,
  caller?: AbortSignal,
) => Promise<Result>;

type Run = <Result>(work: () => Promise<Result>) => Promise<Result>;

// One per client, so that all stores of a client know when one of them has closed it.
const runs = new WeakMap<MongoClient, Run>();

/** @param measure takes the milliseconds that each work took */
export const createConnected = (client: MongoClient, measure?: Measure): Connected => {
  const run = runs.get(client) ?? createReconnecting(client);
  runs.set(client, run);
  return async (work, caller) => {
    const start = performance.now();
    try {
      return await withDeadline(
        (deadline) => run(() => tryAgain(() => work(deadline), deadline)),
        caller,
      );
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
 * Closes a client that has found no server in time, and connects it anew for the next work. By itself driver 7.9
 * may never find a server again: if the monitor's connection breaks while the monitor writes, it waits for a
 * `drain` that never comes. A client whose first connection failed stays closed, too.
 */
function createReconnecting(client: MongoClient): Run {
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
    let result: Awaited<ReturnType<typeof work>>;
    try {
      result = await work();
    } catch (error) {
      // If several fail together, the first closes the client for all.
      if (error instanceof MongoServerSelectionError && own === opening) giveUp(error);
      throw error;
    }
    // The cursor of a client that was closed meanwhile ends early, without an error.
    if (own !== opening) throw new EventStoreUnavailable('The connection was closed meanwhile');
    return result;
  };
}
