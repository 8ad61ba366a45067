import type { BatchEvent } from '../api-types.ts';
import type { Client } from '../client.ts';
import type { ProblemError } from '../problem-error.ts';
import type { BufferLimits, DropReason, Entry } from './event-buffer.ts';
import { createEventBuffer } from './event-buffer.ts';
import { createFlusher } from './flusher.ts';
import type { QueueStore } from './queue-saver.ts';
import { createQueueSaver } from './queue-saver.ts';
import { sendAll } from './send-all.ts';
import { toEntry } from './to-entry.ts';
import { toTooLarge } from './to-too-large.ts';

export type QueueOptions = Partial<BufferLimits> & {
  /** Where events outlive the process; in memory alone without one. */
  store?: QueueStore | undefined;
  /** So many events are sent without waiting for the interval. */
  flushAt?: number | undefined;
  /** How long an event waits for others, and the queue after it could not send. */
  flushIntervalMs?: number | undefined;
  /** Told of each event that the queue had no room for, or that came after its end. */
  onDropped?(event: BatchEvent, reason: DropReason): void;
  /** Told of each event that the service refuses as it is; it is not sent again. */
  onRejected?(event: BatchEvent, error: ProblemError): void;
  /** Told when the queue could not send by itself, or the store failed; the events stay in the queue. */
  onError?(error: unknown): void;
};

/** Events on their way to the API, whether it can be reached at the moment or not. */
export type Queue = {
  /** How many events wait. */
  readonly size: number;
  /** Puts an event at the end. One that waits is sent until it is stored, and is stored once. */
  add(event: BatchEvent): void;
  /** Sends all that waits; rejects where that cannot be done now, and then the rest stays. */
  flush(): Promise<void>;
  /** Sends what it can until the deadline, 5 s unless it is set; tells how many events are left. */
  close(options?: { deadlineMs?: number }): Promise<number>;
};

// The contract's limit on an event.
const MAX_EVENT_BYTES = 16_384;

/** A queue before a client's addEvents. Its timer keeps a process of Node alive while events wait. */
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
  const takeEarlier = (earlier: BatchEvent[]): void => {
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
      if (entry.bytes > MAX_EVENT_BYTES) return onRejected(entry.event, toTooLarge(entry.bytes));
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
