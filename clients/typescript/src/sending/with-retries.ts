import { ConnectionError } from '../connection-error.ts';
import { ProblemError } from '../problem-error.ts';
import { sleep } from './sleep.ts';
import type { RetryOptions } from './to-retry-delay.ts';
import { toRetryDelay } from './to-retry-delay.ts';

/** Repeats an attempt after temporary errors. Throws the last error once attempts or time are used up. */
export const withRetries = async <Result>(
  retry: RetryOptions,
  signal: AbortSignal,
  attempt: () => Promise<Result>,
): Promise<Result> => {
  const retries = createRetries(retry, signal);
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      await retries.failed(error);
    }
  }
};

/** Counts the failures in a row of an operation. */
export const createRetries = (retry: RetryOptions, signal: AbortSignal) => {
  let start = performance.now();
  let tries = 0;
  return {
    /** Waits before the next attempt; throws the error if it is final, or attempts or time are used up. */
    async failed(error: unknown): Promise<void> {
      tries += 1;
      if (!isTemporary(error) || tries >= retry.maxTries) throw error;
      const delay = toRetryDelay(tries, error, retry);
      if (performance.now() + delay - start > retry.deadlineMs) throw error;
      await sleep(delay, signal);
    },
    /** Attempts and time count afresh. */
    progressed(): void {
      start = performance.now();
      tries = 0;
    },
  };
};

const TEMPORARY = new Set([429, 502, 503, 504]);

const isTemporary = (error: unknown): boolean =>
  error instanceof ConnectionError ||
  (error instanceof ProblemError && TEMPORARY.has(error.status));
