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
  const start = performance.now();
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isTemporary(error) || tries >= retry.maxTries) throw error;
      const delay = toRetryDelay(tries, error, retry);
      if (performance.now() + delay - start > retry.deadlineMs) throw error;
      await sleep(delay, signal);
    }
  }
};

const TEMPORARY = new Set([429, 502, 503, 504]);

const isTemporary = (error: unknown): boolean =>
  error instanceof ConnectionError ||
  (error instanceof ProblemError && TEMPORARY.has(error.status));
