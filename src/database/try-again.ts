import { setTimeout as sleep } from 'node:timers/promises';
import type { Deadline } from './outage.ts';
import { isEffectless } from './outage.ts';

// https://github.com/mongodb/specifications/blob/master/source/client-backpressure/client-backpressure.md
const MAX_RETRIES = 2;
const BASE_BACKOFF_MS = 100;

/**
 * Runs work again, after a short and random pause, if it failed by a command that had no effect. The driver itself
 * retries what the specifications of retryable reads and writes list.
 */
export const tryAgain = async <Result>(
  work: () => Promise<Result>,
  deadline: Deadline,
): Promise<Result> => {
  for (let retries = 0; ; retries += 1) {
    try {
      return await work();
    } catch (error) {
      if (retries >= MAX_RETRIES || !isEffectless(error)) throw error;
      await sleep(Math.random() * BASE_BACKOFF_MS * 2 ** (retries + 1), undefined, {
        signal: deadline.toSignal(),
      });
    }
  }
};
