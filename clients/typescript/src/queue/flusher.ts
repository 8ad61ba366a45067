import { ProblemError } from '../problem-error.ts';
import { createFlushTimer } from './flush-timer.ts';

export type FlusherOptions = {
  /** Number of queued events. */
  size(): number;
  send(): Promise<void>;
  flushAt: number;
  flushIntervalMs: number;
  /** Called when a flush fails that the timer started. */
  onError(error: unknown): void;
};

/** Decides when to send: one flush at a time, and after a failure not before a pause that grows with each. */
export type Flusher = {
  /** Sends now; joins a flush that is in progress. */
  flush(): Promise<void>;
  /** Plans a flush of the queued events: at once if there are `flushAt`, otherwise after the interval. */
  schedule(): void;
  /** Tells that events have left the queue: the next pause is short again. */
  progress(): void;
  /** Stops planned flushes. `flush` still works. */
  end(): void;
};

export const createFlusher = (options: FlusherOptions): Flusher => {
  const { size, flushAt, flushIntervalMs, onError } = options;
  let hasEnded = false;
  let flushing: Promise<void> | undefined;
  const timer = createFlushTimer(flushIntervalMs, () => void flush().catch(onError));
  const schedule = (): void => {
    if (!hasEnded && !flushing && size() > 0) timer.start(size() >= flushAt);
  };
  const send = async (): Promise<void> => {
    try {
      await options.send();
      timer.reset();
    } catch (error) {
      timer.pause(error instanceof ProblemError ? error.retryAfterMs : undefined);
      throw error;
    } finally {
      flushing = undefined;
      schedule();
    }
  };
  const flush = (): Promise<void> => {
    timer.stop();
    flushing ??= send();
    return flushing;
  };
  const end = (): void => {
    hasEnded = true;
    timer.stop();
  };
  return { flush, schedule, progress: timer.reset, end };
};
