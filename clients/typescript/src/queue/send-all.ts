import type { BatchEvent } from '../api-types.ts';
import type { Client } from '../client.ts';
import { ProblemError } from '../problem-error.ts';
import type { Entry, EventBuffer } from './event-buffer.ts';
import type { Fate } from './to-fate.ts';
import { toFate } from './to-fate.ts';

export type Sender = {
  client: Pick<Client, 'addEvents'>;
  signal: AbortSignal;
  onRejected(event: BatchEvent, error: ProblemError): void;
  /** Called when events left the buffer. */
  onSettled(): void;
};

// The contract's limit on a batch.
const MAX_BATCH_EVENTS = 1_000;

/** Sends batches until the buffer is empty; throws, and leaves the rest where it is, when it gets no further. */
export const sendAll = async (buffer: EventBuffer, sender: Sender): Promise<void> => {
  let maxEvents = MAX_BATCH_EVENTS;
  while (buffer.size() > 0) {
    const batch = buffer.take(maxEvents);
    let fates: Fate[] | undefined;
    try {
      fates = await sendBatch(batch, sender);
    } finally {
      buffer.settle(batch.filter((_, index) => fates?.[index]?.isDone));
    }
    // One event may have cost the others, or all are too long for a gateway: halves tell.
    maxEvents = fates ? Math.min(MAX_BATCH_EVENTS, maxEvents * 2) : Math.ceil(batch.length / 2);
    if (fates) report(batch, fates, sender);
  }
};

/** What becomes of each event; undefined where the batch was refused as a whole. */
async function sendBatch(batch: Entry[], sender: Sender): Promise<Fate[] | undefined> {
  const { client, signal } = sender;
  try {
    const events = batch.map(({ event }) => event);
    return (await client.addEvents(events, { signal })).map(toFate);
  } catch (error) {
    const isRefused = error instanceof ProblemError && [400, 413].includes(error.status);
    if (!isRefused) throw error;
    return batch.length > 1 ? undefined : [{ isDone: true, error }];
  }
}

function report(batch: Entry[], fates: Fate[], sender: Sender): void {
  const isProgress = fates.some(({ isDone }) => isDone);
  if (!isProgress) throw fates[0]?.error;
  sender.onSettled();
  batch.forEach(({ event }, index) => {
    const { isDone = false, error } = fates[index] ?? {};
    if (isDone && error) sender.onRejected(event, error);
  });
}
