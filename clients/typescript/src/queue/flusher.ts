import { ProblemError } from '../problem-error.ts';
import { createFlushTimer } from './flush-timer.ts';

export type FlusherOptions = {
  /** How many events wait. */
  size(): number;
  send(): Promise<void>;
  flushAt: number;
  flushIntervalMs: number;
  /** Told when what was sent by itself could not be sent. */
  onError(error: unknown): void;
};

/** Says when to send: one at a time, and after a failure not too soon. */
export type Flusher = {
  /** Sends, or joins who does. */
  flush(): Promise<void>;
  /** Sends in time what waits. */
  schedule(): void;
  /** No more by itself. */
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
  return { flush, schedule, end };
};
