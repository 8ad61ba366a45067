import { ProblemError } from '../problem-error.ts';
import type { Entry, EventBuffer } from './event-buffer.ts';
import type { Sender } from './settle.ts';
import { settle } from './settle.ts';
import type { Outcome } from './to-outcome.ts';
import { toOutcome } from './to-outcome.ts';

// The contract's limit on a batch.
const MAX_BATCH_EVENTS = 1_000;

/** Sends batches until the buffer is empty. If a batch makes no progress, throws, and leaves the rest in the buffer. */
export const sendAll = async (buffer: EventBuffer, sender: Sender): Promise<void> => {
  let maxEvents = MAX_BATCH_EVENTS;
  while (buffer.size() > 0) {
    const batch = buffer.take(maxEvents);
    let outcomes: Outcome[] | undefined;
    try {
      outcomes = await sendBatch(batch, sender);
    } finally {
      settle(batch, outcomes ?? [], buffer.settle, sender);
    }
    const isProgress = outcomes?.some(({ isDone }) => isDone) ?? true;
    if (!isProgress) throw outcomes?.[0]?.error;
    // A batch refused as a whole has one invalid event, or is too long for a gateway: halving it shows which.
    maxEvents = outcomes ? Math.min(MAX_BATCH_EVENTS, maxEvents * 2) : Math.ceil(batch.length / 2);
  }
};

/** Returns the outcome of each event; undefined if the batch was refused as a whole. */
async function sendBatch(batch: Entry[], sender: Sender): Promise<Outcome[] | undefined> {
  const { client, signal } = sender;
  try {
    const events = batch.map(({ event }) => event);
    const { results } = await client.addEvents({ events }, { signal });
    return results.map(toOutcome);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const isRejected = error.isOfApi && [400, 413].includes(error.status);
    if (batch.length === 1 && isRejected) return [{ isDone: true, error }];
    // A proxy may take smaller bodies than the API: a part of the batch may pass.
    if (batch.length > 1 && (isRejected || error.status === 413)) return undefined;
    throw error;
  }
}
