import type { BucketEvent } from '../bucket.ts';
import type { EventSource } from './event-page-builder.ts';
import { inOrder } from './in-order.ts';
import type { Reading } from './reading.ts';

// The contract's first instant, and the first after its last.
const ALL = { from: new Date('0000-01-01T00:00:00Z'), to: new Date(253_402_300_800_000) };

/** Searches for the newest (`desc`) or the oldest event of a source, bucket by bucket from that end. */
export const findEndEvent = async (
  reading: Reading,
  source: EventSource,
  order: 'asc' | 'desc',
): Promise<BucketEvent | undefined> => {
  for await (const [found] of inOrder(
    reading,
    { ...source, ...ALL, order, limit: 1 },
    undefined,
    1,
  )) {
    if (found) return found.event;
  }
  return undefined;
};
