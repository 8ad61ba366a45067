import type { NewEvent, QueueEvent } from '../api-types.ts';
import type { Client } from '../client.ts';
import type { ProblemError } from '../problem-error.ts';
import type { BufferLimits, DropReason, Entry } from './event-buffer.ts';
import { createEventBuffer } from './event-buffer.ts';
import { findTooLarge } from './find-too-large.ts';
import { createFlusher } from './flusher.ts';
import type { QueueStore } from './queue-saver.ts';
import { createQueueSaver } from './queue-saver.ts';
import { sendAll } from './send-all.ts';
import { toEntry } from './to-entry.ts';

/** Settings of a queue. Times are in milliseconds. */
export type QueueOptions = Partial<BufferLimits> & {
  /** Storage for the queued events, by default none: then they are kept in memory only. */
  store?: QueueStore | undefined;
  /** Number of events that are sent without waiting for the interval, by default 100. */
  flushAt?: number | undefined;
  /** How long an event waits for others, and how long the queue pauses after a failure; by default 10,000. */
  flushIntervalMs?: number | undefined;
  /** Called for each event that was dropped: the queue was full, or had been closed. */
  onDropped?(event: NewEvent, reason: DropReason): void;
  /** Called for each event that the service rejects. The event leaves the queue. */
  onRejected?(event: NewEvent, error: ProblemError): void;
  /** Called when a scheduled flush or the store fails. The events stay in the queue. */
  onError?(error: unknown): void;
};

/** Sends events in batches, in order of arrival, and keeps them while the API cannot be reached. */
export type Queue = {
  /** Number of queued events, including those being sent. */
  readonly size: number;
  /**
   * Adds an event, and returns at once. The event is sent until the service has stored or rejected it, and is
   * stored once. An event without `date` and `id` gets a random `id`, so that it can be sent again.
   */
  add(event: QueueEvent): void;
  /** Sends all queued events. Rejects if that fails; the events that were not stored stay in the queue. */
  flush(): Promise<void>;
  /**
   * Closes the queue: sends what it can within the deadline, by default 5,000 ms, and saves the rest in the
   * store. Returns the number of events left. Events added later are dropped.
   */
  close(options?: { deadlineMs?: number }): Promise<number>;
};

/** Creates a queue that sends with the client's `addEvents`. Its timer keeps a Node process alive while events wait. */
export const createQueue = (
  client: Pick<Client, 'addEvents'>,
  options: QueueOptions = {},
): Queue => {
  const { maxEvents = 10_000, maxBytes = 16_777_216, whenFull = 'drop-oldest' } = options;
  const { flushAt = 100, flushIntervalMs = 10_000 } = options;
  const { onDropped, onRejected = () => undefined, onError = () => undefined } = options;
  const end = new AbortController();
  const { signal } = end;
  let isClosed = false;
  const buffer = createEventBuffer({ maxEvents, maxBytes, whenFull });
  const { size } = buffer;
  const drop = (dropped: Entry[], reason: DropReason = 'full'): void => {
    for (const { event } of dropped) onDropped?.(event, reason);
  };
  const takeEarlier = (earlier: NewEvent[]): void => {
    drop(buffer.prepend(earlier.map(toEntry)));
    schedule();
  };
  const send = async (): Promise<void> => {
    await saver.loaded;
    await sendAll(buffer, { client, signal, onRejected, onSettled: saver.save });
  };
  const {
    flush,
    schedule,
    end: endFlusher,
  } = createFlusher({
    size,
    send,
    flushAt,
    flushIntervalMs,
    onError,
  });
  const saver = createQueueSaver(options.store, buffer.events, takeEarlier, onError);
  return {
    get size() {
      return size();
    },
    add(event) {
      const entry = toEntry(event);
      if (isClosed) return drop([entry], 'closed');
      const tooLarge = findTooLarge(entry);
      if (tooLarge) return onRejected(entry.event, tooLarge);
      drop(buffer.append(entry));
      saver.save();
      schedule();
    },
    flush,
    async close({ deadlineMs = 5_000 } = {}) {
      isClosed = true;
      endFlusher();
      const stop = () => end.abort(new DOMException('The queue is closed', 'AbortError'));
      const deadline = setTimeout(stop, deadlineMs);
      await flush().catch(() => undefined);
      clearTimeout(deadline);
      stop();
      await saver.saved();
      return size();
    },
  };
};
