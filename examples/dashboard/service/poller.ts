import { ApiFailure } from './api-failure.ts';

/** What a poller calls. */
export type PollerEvents = {
  /** Reads and shows everything once. */
  work(signal: AbortSignal): Promise<void>;
  done(): void;
  /** Without `retryMs`, the poller stops until the viewer does something. */
  failed(failure: ApiFailure, retryMs: number | undefined): void;
};

const PERIOD_MS = 5_000;
const MAX_DELAY_MS = 60_000;

/** Polls every 5 seconds: never twice at once, not while the tab is hidden, and less often after failures. */
export const createPoller = ({ work, done, failed }: PollerEvents) => {
  let current: AbortController | undefined;
  let timer: number | undefined;
  let failures = 0;
  let isLive = true;
  let isDue = false;

  /** Polls now; aborts a poll in progress. */
  const start = async (): Promise<void> => {
    stop();
    current = new AbortController();
    const { signal } = current;
    try {
      await work(signal);
      if (signal.aborted) return;
      failures = 0;
      done();
      schedule(PERIOD_MS);
    } catch (error) {
      if (signal.aborted) return;
      fail(toFailure(error));
    }
  };
  const stop = (): void => {
    current?.abort();
    clearTimeout(timer);
    isDue = false;
  };
  const fail = (failure: ApiFailure): void => {
    failures += 1;
    const backOffMs = Math.min(PERIOD_MS * 2 ** (failures - 1), MAX_DELAY_MS);
    const retryMs = Math.max(backOffMs, failure.retryAfterMs);
    const isRetried = isLive && !failure.isFinal;
    failed(failure, isRetried ? retryMs : undefined);
    if (isRetried) schedule(retryMs);
  };
  const schedule = (delayMs: number): void => {
    if (isLive) timer = window.setTimeout(tick, delayMs);
  };
  const tick = (): void => {
    isDue = document.hidden;
    if (!isDue) start();
  };
  document.addEventListener('visibilitychange', () => {
    if (isDue && !document.hidden) start();
  });
  return {
    start,
    setLive(live: boolean): void {
      isLive = live;
      clearTimeout(timer);
      if (live && current) start();
    },
  };
};

const toFailure = (error: unknown): ApiFailure => {
  if (error instanceof ApiFailure) return error;
  // A bug of the page: show it, and log its stack.
  console.error(error);
  return new ApiFailure('This page failed', String(error));
};
