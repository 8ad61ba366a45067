import { ProblemError } from '../problem-error.ts';

export type RetryOptions = {
  /** How often a request is sent at most; 1 never repeats. */
  maxTries: number;
  /** What the first wait is at most; each next one is up to twice as long. */
  baseDelayMs: number;
  /** What no wait exceeds, but for one that the service asked for. */
  maxDelayMs: number;
  /** No try begins later than this after the first. */
  deadlineMs: number;
};

export const DEFAULT_RETRY: RetryOptions = {
  maxTries: 6,
  baseDelayMs: 250,
  maxDelayMs: 20_000,
  deadlineMs: 60_000,
};

/** How long to wait after that many tries: anything up to the bound, so that a fleet does not return at once. */
export const toRetryDelay = (tries: number, error: unknown, retry: RetryOptions): number => {
  const bound = Math.min(retry.maxDelayMs, retry.baseDelayMs * 2 ** (tries - 1));
  const asked = error instanceof ProblemError ? (error.retryAfterMs ?? 0) : 0;
  return asked + Math.random() * bound;
};
