import type { ApiFailure } from './api-failure.ts';

/** How the page stays current: by a stream where there is one, every so many milliseconds, or not at all. */
export type Mode = 'live' | 'off' | number;

/** How it does so now. */
export type Pace = 'live' | 'polling' | 'paused';

/** Follows what arrives until the signal aborts. `told` learns that the stream is open, or is not for now. */
export type Follow = (signal: AbortSignal, told: (isOpen: boolean) => void) => Promise<void>;

/** What updates call. */
export type Work = {
  /** Reads and shows everything once. */
  read(signal: AbortSignal): Promise<void>;
  /** What to follow, with a key that names it; undefined if there is nothing. */
  toFollow(): { key: string; follow: Follow } | undefined;
  /** Milliseconds from one read to the next where no stream is open. */
  pollMs(): number;
  current(pace: Pace): void;
  /** Without `retryMs`, updates stop until the viewer does something. */
  failed(failure: ApiFailure, retryMs: number | undefined): void;
  toFailure(error: unknown): ApiFailure;
};

// Finds what a stream does not carry: new event types, and events that are too old for it.
const BESIDE_STREAM_MS = 60_000;
const REFUSED_MS = 60_000;
const FIRST_DELAY_MS = 5_000;
const MAX_DELAY_MS = 60_000;

/** Keeps a view current: never reads twice at once, rests while the tab is hidden, and asks less often after failures. */
export const createUpdates = (work: Work) => {
  let mode: Mode = 'live';
  let reading: AbortController | undefined;
  let stream: { key: string; leaving: AbortController; isOpen: boolean } | undefined;
  let timer: number | undefined;
  let failures = 0;
  let refusedUntil = 0;
  let isDue = false;
  let soon: number | undefined;

  const pace = (): Pace => {
    if (mode === 'off') return 'paused';
    return mode === 'live' && stream?.isOpen ? 'live' : 'polling';
  };
  const restMs = (): number => {
    if (typeof mode === 'number') return mode;
    return stream?.isOpen ? BESIDE_STREAM_MS : work.pollMs();
  };
  const schedule = (delayMs: number): void => {
    clearTimeout(timer);
    if (mode !== 'off') timer = window.setTimeout(tick, delayMs);
  };
  const tick = (): void => {
    isDue = document.hidden;
    if (!isDue) read();
  };
  const leaveStream = (): void => {
    stream?.leaving.abort();
    stream = undefined;
  };

  /** Reads now; aborts a read in progress. */
  const read = async (): Promise<void> => {
    clearTimeout(timer);
    reading?.abort();
    isDue = false;
    reading = new AbortController();
    const { signal } = reading;
    try {
      await work.read(signal);
      if (signal.aborted) return;
      failures = 0;
      follow();
      work.current(pace());
      schedule(restMs());
    } catch (error) {
      if (!signal.aborted) fail(error);
    }
  };
  const fail = (error: unknown): void => {
    const failure = work.toFailure(error);
    failures += 1;
    const bound = Math.min(FIRST_DELAY_MS * 2 ** (failures - 1), MAX_DELAY_MS);
    // At random, so that the pages of a team do not come back all at once.
    const retryMs = failure.retryAfterMs + bound * (0.5 + Math.random() / 2);
    const isRetried = mode !== 'off' && !failure.isFinal;
    if (failure.isFinal) leaveStream();
    work.failed(failure, isRetried ? retryMs : undefined);
    if (isRetried) schedule(retryMs);
  };

  const follow = (): void => {
    const next = mode === 'live' && !document.hidden ? work.toFollow() : undefined;
    if (next?.key === stream?.key) return;
    leaveStream();
    if (!next || Date.now() < refusedUntil) return;
    const opened = { key: next.key, leaving: new AbortController(), isOpen: false };
    stream = opened;
    const told = (isOpen: boolean): void => {
      if (stream !== opened || opened.isOpen === isOpen) return;
      opened.isOpen = isOpen;
      // What came before the stream was open, or since it broke.
      if (isOpen || failures === 0) read();
    };
    next
      .follow(opened.leaving.signal, told)
      .catch(() => undefined)
      .finally(() => {
        if (stream !== opened) return;
        stream = undefined;
        refusedUntil = Date.now() + REFUSED_MS;
        if (failures === 0) read();
      });
  };

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      isDue ||= stream !== undefined;
      leaveStream();
    } else if (isDue) read();
  });
  return {
    /** Begins with another view. */
    start(): void {
      leaveStream();
      [failures, refusedUntil] = [0, 0];
      read();
    },
    stop(): void {
      leaveStream();
      reading?.abort();
      clearTimeout(timer);
      isDue = false;
      reading = undefined;
    },
    /** Reads within this time, unless a read is due earlier. */
    readWithin(delayMs: number): void {
      if (soon !== undefined) return;
      soon = window.setTimeout(() => {
        soon = undefined;
        if (reading) tick();
      }, delayMs);
    },
    setMode(next: Mode): void {
      mode = next;
      refusedUntil = 0;
      if (mode !== 'live') leaveStream();
      clearTimeout(timer);
      if (mode !== 'off' && reading) read();
    },
  };
};
