/** Timer for the next flush. Times are in milliseconds. */
export type FlushTimer = {
  /** Fires at once if urgent, otherwise within the interval; after a failure, when the pause ends. */
  start(isUrgent: boolean): void;
  /**
   * Pauses for a random time, so that a fleet does not come back all at once. Its bound doubles with each failure, up to
   * five minutes. If `retryAfterMs` is given, the random time follows it.
   */
  pause(retryAfterMs?: number): void;
  /** Forgets the failures. */
  reset(): void;
  stop(): void;
};

// The contract asks for a second; an interval may be shorter.
const MIN_BOUND_MS = 500;
const MAX_BOUND_MS = 300_000;
// A proxy may ask for years.
const MAX_RETRY_AFTER_MS = 43_200_000;
// The longest delay of setTimeout: it would fire a longer one at once.
const MAX_WAIT_MS = 2_147_483_647;

export const createFlushTimer = (intervalMs: number, fire: () => void): FlushTimer => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  let pausedUntil = 0;
  let failures = 0;
  const stop = (): void => {
    clearTimeout(timer);
    dueAt = Number.POSITIVE_INFINITY;
  };
  const toDue = (isUrgent: boolean): number => {
    const now = performance.now();
    if (failures > 0) return Math.max(now, pausedUntil);
    // Random: devices that are switched on together must not send together.
    return isUrgent ? now : now + intervalMs * (1 - Math.random() / 2);
  };
  return {
    start(isUrgent) {
      const due = toDue(isUrgent);
      if (due >= dueAt) return;
      stop();
      dueAt = due;
      timer = setTimeout(fire, Math.min(due - performance.now(), MAX_WAIT_MS));
    },
    pause(retryAfterMs = 0) {
      failures += 1;
      const bound = Math.max(MIN_BOUND_MS, intervalMs) * 2 ** failures;
      const wait = Math.random() * Math.min(bound, Math.max(MAX_BOUND_MS, intervalMs));
      pausedUntil = performance.now() + Math.min(retryAfterMs, MAX_RETRY_AFTER_MS) + wait;
    },
    reset() {
      failures = 0;
    },
    stop,
  };
};
