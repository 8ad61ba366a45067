import { ProblemError } from '../problem-error.ts';

/** When a failed request is sent again. Times are in milliseconds. */
export type RetryOptions = {
  /** Maximum number of attempts, by default 6; 1 disables retries. */
  maxTries: number;
  /** Upper bound of the first wait, by default 250; it doubles with each attempt. */
  baseDelayMs: number;
  /** Upper bound of every wait, by default 20,000. `Retry-After` is added to it. */
  maxDelayMs: number;
  /** No attempt starts later than this after the first, by default 60,000. */
  deadlineMs: number;
};

export const DEFAULT_RETRY: RetryOptions = {
  maxTries: 6,
  baseDelayMs: 250,
  maxDelayMs: 20_000,
  deadlineMs: 60_000,
};

/** Milliseconds to wait before the next attempt: random, so that a fleet does not come back all at once. */
export const toRetryDelay = (tries: number, error: unknown, retry: RetryOptions): number => {
  const bound = Math.min(retry.maxDelayMs, retry.baseDelayMs * 2 ** (tries - 1));
  const asked = error instanceof ProblemError ? (error.retryAfterMs ?? 0) : 0;
  return asked + Math.random() * bound;
};
