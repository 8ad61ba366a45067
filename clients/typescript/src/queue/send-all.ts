import type { NewEvent } from '../api-types.ts';
import type { Client } from '../client.ts';
import { ProblemError } from '../problem-error.ts';
import type { Entry, EventBuffer } from './event-buffer.ts';
import type { Notices } from './notices.ts';
import type { Outcome } from './to-outcome.ts';
import { toOutcome } from './to-outcome.ts';

/** How `sendAll` sends, and whom it notifies. */
export type Sender = {
  client: Pick<Client, 'addEvents'>;
  signal: AbortSignal;
  notices: Pick<Notices, 'onStored' | 'onRejected'>;
  /** Called after events have left the buffer. */
  onSettled(): void;
};

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
      buffer.settle(batch.filter((_, index) => outcomes?.[index]?.isDone));
    }
    // A batch refused as a whole has one invalid event, or is too long for a gateway: halving it shows which.
    maxEvents = outcomes ? Math.min(MAX_BATCH_EVENTS, maxEvents * 2) : Math.ceil(batch.length / 2);
    if (outcomes) report(batch, outcomes, sender);
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

function report(batch: Entry[], outcomes: Outcome[], sender: Sender): void {
  const isProgress = outcomes.some(({ isDone }) => isDone);
  if (!isProgress) throw outcomes[0]?.error;
  sender.onSettled();
  for (const [index, { event }] of batch.entries()) notify(sender.notices, event, outcomes[index]);
}

function notify(notices: Sender['notices'], event: NewEvent, outcome: Outcome | undefined): void {
  const { isDone = false, error, result } = outcome ?? {};
  if (!isDone) return;
  if (error) notices.onRejected(event, error);
  else if (result) notices.onStored(event, result);
}
