import type { Collection } from 'mongodb';
import { DEADLINE_MS } from '../../database/outage.ts';
import type { Bucket } from '../bucket.ts';
import type { Hold } from './read-memory.ts';

/** What one request reads from, until its signal ends. */
export type Reading = {
  buckets: Collection<Bucket>;
  signal: AbortSignal;
  /** The options of each query: the signal ends the driver's part, the milliseconds end the server's. */
  bounds: { signal: AbortSignal; maxTimeMS: number };
  hold: Hold;
};

export const toReading = (
  buckets: Collection<Bucket>,
  signal: AbortSignal,
  hold: Hold,
): Reading => ({
  buckets,
  signal,
  hold,
  bounds: { signal, maxTimeMS: DEADLINE_MS },
});
