/** Timer for the next flush. Times are in milliseconds. */
export type FlushTimer = {
  /** Fires at once if urgent, otherwise after the interval, but not before a pause ends. */
  start(isUrgent: boolean): void;
  /** Pauses for the interval, or for `ms` if that is longer. */
  pause(ms?: number): void;
  stop(): void;
};

// The longest delay of setTimeout: it would fire a longer one at once.
const MAX_WAIT_MS = 2_147_483_647;

export const createFlushTimer = (intervalMs: number, fire: () => void): FlushTimer => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  let pausedUntil = 0;
  const stop = (): void => {
    clearTimeout(timer);
    dueAt = Number.POSITIVE_INFINITY;
  };
  return {
    start(isUrgent) {
      const now = performance.now();
      const due = Math.max(pausedUntil, now + (isUrgent ? 0 : intervalMs));
      if (due >= dueAt) return;
      stop();
      dueAt = due;
      timer = setTimeout(fire, Math.min(due - now, MAX_WAIT_MS));
    },
    pause(ms = 0) {
      pausedUntil = performance.now() + Math.max(ms, intervalMs);
    },
    stop,
  };
};
