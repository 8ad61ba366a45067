import type { BatchEvent } from '../api-types.ts';
import type { Client } from '../client.ts';
import { ProblemError } from '../problem-error.ts';
import type { Entry, EventBuffer } from './event-buffer.ts';
import type { Outcome } from './to-outcome.ts';
import { toOutcome } from './to-outcome.ts';

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
    let outcomes: Outcome[] | undefined;
    try {
      outcomes = await sendBatch(batch, sender);
    } finally {
      buffer.settle(batch.filter((_, index) => outcomes?.[index]?.isDone));
    }
    // One event may have cost the others, or all are too long for a gateway: halves tell.
    maxEvents = outcomes ? Math.min(MAX_BATCH_EVENTS, maxEvents * 2) : Math.ceil(batch.length / 2);
    if (outcomes) report(batch, outcomes, sender);
  }
};

/** What becomes of each event; undefined where the batch was refused as a whole. */
async function sendBatch(batch: Entry[], sender: Sender): Promise<Outcome[] | undefined> {
  const { client, signal } = sender;
  try {
    const events = batch.map(({ event }) => event);
    return (await client.addEvents(events, { signal })).map(toOutcome);
  } catch (error) {
    const isRefused = error instanceof ProblemError && [400, 413].includes(error.status);
    if (!isRefused) throw error;
    return batch.length > 1 ? undefined : [{ isDone: true, error }];
  }
}

function report(batch: Entry[], outcomes: Outcome[], sender: Sender): void {
  const isProgress = outcomes.some(({ isDone }) => isDone);
  if (!isProgress) throw outcomes[0]?.error;
  sender.onSettled();
  batch.forEach(({ event }, index) => {
    const { isDone = false, error } = outcomes[index] ?? {};
    if (isDone && error) sender.onRejected(event, error);
  });
}
