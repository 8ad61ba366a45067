import type { NewEvent, QueueEvent } from '../contract/api-types.ts';
import type { SendableEventType } from '../event-values.ts';
import { admit } from './admit.ts';
import type { BufferLimits, DropReason, Entry } from './event-buffer.ts';
import { createEventBuffer } from './event-buffer.ts';
import { createFlusher } from './flusher.ts';
import type { Listeners } from './notices.ts';
import { createNotices } from './notices.ts';
import type { QueueStore } from './queue-saver.ts';
import { createQueueSaver } from './queue-saver.ts';
import { sendAll } from './send-all.ts';
import { sendAtUnload } from './send-at-unload.ts';
import type { BatchClient } from './settle.ts';
import { within } from './within.ts';

/** Settings of a queue. Times are in milliseconds. */
export type QueueOptions = Partial<BufferLimits> &
  Listeners & {
    /** Storage for the queued events, by default none: then they are kept in memory only. */
    store?: QueueStore | undefined;
    /** Number of events that are sent without waiting for the interval, by default 100. */
    flushAt?: number | undefined;
    /**
     * How long an event waits for others at most, by default 10,000. It is also how long the queue pauses on average
     * after a first failure; the pause is random, and doubles with each further failure, up to minutes.
     */
    flushIntervalMs?: number | undefined;
  };

/** Sends events in batches, in order of arrival, and keeps them while the API cannot be reached. */
export type Queue = {
  /** Number of queued events, including those being sent. */
  readonly size: number;
  /**
   * Adds an event, and returns at once; never throws. The event is sent until the service has stored or rejected it, and
   * is stored once. An event without `date` and `id` gets a random `id`, so that it can be sent again.
   */
  add<Type extends SendableEventType>(event: QueueEvent<Type>): void;
  /** Sends all queued events. Rejects if that fails; the events that were not stored stay in the queue. */
  flush(): Promise<void>;
  /**
   * Closes the queue: sends and saves what it can within the deadline, by default 5,000 ms, and returns the number of
   * events left. A store keeps these for the next queue; events that it could not save are dropped (`not-saved`) and
   * not counted. Without a store, the events left are dropped (`closed`), and so are events added later.
   */
  close(options?: { deadlineMs?: number }): Promise<number>;
};

/** Creates a queue that sends with the client's `addEvents`. Its timer keeps a Node process alive while events wait. */
export const createQueue = (client: BatchClient, options: QueueOptions = {}): Queue => {
  const { maxEvents = 10_000, maxBytes = 16_777_216, whenFull = 'drop-oldest' } = options;
  const { flushAt = 100, flushIntervalMs = 10_000 } = options;
  const notices = createNotices(options);
  const { onError, onRejected } = notices;
  const end = new AbortController();
  const { signal } = end;
  let closing: Promise<number> | undefined;
  const buffer = createEventBuffer({ maxEvents, maxBytes, whenFull });
  const { size } = buffer;
  const drop = (dropped: Entry[], reason: DropReason = 'full'): void => {
    for (const { event } of dropped) notices.onDropped(event, reason);
  };
  const takeEarlier = (earlier: NewEvent[]): NewEvent[] => {
    const entries = earlier.flatMap((event) => admit(event, onRejected) ?? []);
    drop(buffer.prepend(entries));
    schedule();
    return entries.map(({ event }) => event);
  };
  const onSettled = (): void => {
    progress();
    saver.save();
  };
  const send = async (): Promise<void> => {
    await saver.loaded;
    await sendAll(buffer, { client, signal, notices, onSettled });
  };
  const flusher = createFlusher({ size, send, flushAt, flushIntervalMs, onError });
  const { flush, schedule, progress } = flusher;
  const saver = createQueueSaver(options.store, buffer.events, takeEarlier, onError);
  const endUnload = sendAtUnload(buffer, { client, notices, onSettled });
  const close = async (deadlineMs: number): Promise<number> => {
    const start = performance.now();
    flusher.end();
    const flushed = flush().catch((error) => signal.aborted || onError(error));
    // The rest of the time is for saving.
    await within(deadlineMs - Math.min(1_000, deadlineMs / 4), flushed);
    end.abort(new DOMException('The queue is closed', 'AbortError'));
    await within(Math.max(MIN_SAVE_MS, start + deadlineMs - performance.now()), saver.saved());
    saver.end();
    endUnload();
    return dropUnsaved();
  };
  /** Drops the events that no store keeps; returns how many are left, in the store or, without one, unsent. */
  const dropUnsaved = (): number => {
    const left = size();
    const kept = new Set(saver.kept());
    const lost = buffer.entries().filter(({ event }) => !kept.has(event));
    buffer.settle(lost);
    drop(lost, options.store ? 'not-saved' : 'closed');
    return options.store ? size() : left;
  };
  return {
    get size() {
      return size();
    },
    add(event) {
      const entry = admit(event, onRejected);
      if (!entry) return;
      if (closing) return drop([entry], 'closed');
      drop(buffer.append(entry));
      saver.save();
      schedule();
    },
    flush,
    close({ deadlineMs = 5_000 } = {}) {
      closing ??= close(deadlineMs);
      return closing;
    },
  };
};

// Even a deadline that is over leaves a moment for a store that is quick.
const MIN_SAVE_MS = 50;
