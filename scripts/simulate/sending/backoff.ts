import type { Random } from '../device/random.ts';

/** The wait before a device's next attempt, in milliseconds. */
export type Backoff = {
  /** @param retryAfterMs the wait that the service asked for */
  failed(retryAfterMs?: number): number;
  succeeded(): void;
};

const FIRST_MS = 200;
const LONGEST_MS = 20_000;

/** Exponential, with jitter, so that devices rejected together do not retry together. */
export const createBackoff = (random: Random): Backoff => {
  let failures = 0;
  return {
    failed(retryAfterMs = 0) {
      const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
      failures += 1;
      return retryAfterMs + random.between(longest / 4, longest);
    },
    succeeded() {
      failures = 0;
    },
  };
};
