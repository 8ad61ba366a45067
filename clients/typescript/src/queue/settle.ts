import type { EventResult, NewEvent } from '../contract/api-types.ts';
import type { CallOptions } from '../sending/send.ts';
import type { Entry } from './event-buffer.ts';
import type { Notices } from './notices.ts';
import type { Outcome } from './to-outcome.ts';

/** What a queue needs of a client. */
export type BatchClient = {
  addEvents(
    batch: { events: readonly NewEvent[] },
    options?: CallOptions,
  ): Promise<{ results: EventResult[] }>;
};

/** How a queue sends, and whom it notifies. */
export type Sender = {
  client: BatchClient;
  signal: AbortSignal;
  notices: Pick<Notices, 'onStored' | 'onRejected'>;
  /** Called after events have left the buffer. */
  onSettled(): void;
};

/** Removes the events whose outcome is known, and tells it. An event that another request settled is not told again. */
export const settle = (
  batch: readonly Entry[],
  outcomes: Outcome[],
  remove: (done: Entry[]) => Entry[],
  { notices, onSettled }: Omit<Sender, 'client' | 'signal'>,
): void => {
  const outcomeOf = new Map(batch.map((entry, index) => [entry, outcomes[index]]));
  const gone = remove(batch.filter((entry) => outcomeOf.get(entry)?.isDone));
  if (gone.length > 0) onSettled();
  for (const entry of gone) {
    const { error, result } = outcomeOf.get(entry) ?? {};
    if (error) notices.onRejected(entry.event, error);
    else if (result) notices.onStored(entry.event, result);
  }
};
