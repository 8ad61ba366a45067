import type { Filter, WithId } from 'mongodb';
import { BSON } from 'mongodb';
import type { Bucket } from '../../bucket.ts';
import type { EventRange } from '../event-range.ts';
import type { BucketState } from '../page-version.ts';
import type { Reading } from '../reading.ts';
import { toDaysFilter, toSpan } from './span.ts';

/** The fields of a bucket that a summary is made of. */
export type BucketStatistics = Pick<
  WithId<Bucket>,
  '_id' | 'count' | 'edits' | 'first' | 'last' | 'stats'
>;

// The order of arrival within a day, which the first and the last of equal instants depend on.
const BY_NUMBER = { date: 1, seq: 1 } as const;

/** Reads the statistics of the buckets that may have events of a range, some at a time, without their events. */
export async function* readStatistics(
  { buckets, bounds }: Reading,
  range: EventRange,
  size: number,
): AsyncGenerator<BucketStatistics[]> {
  const found = buckets.find<BucketStatistics>(toFilter(range), {
    ...bounds,
    projection: { count: 1, edits: 1, first: 1, last: 1, stats: 1 },
    sort: BY_NUMBER,
    batchSize: size,
  });
  for await (const bucket of found) yield [bucket, ...found.readBufferedDocuments()];
}

/** A bucket's state and events, and how many bytes of BSON these are. */
export type BucketEvents = Pick<WithId<Bucket>, '_id' | 'count' | 'edits' | 'events'> & {
  bytes: number;
};

// The largest have 3.3 MB each, and a read may hold 33 MB.
const EVENT_BUCKETS_AT_ONCE = 9;

/** Reads the buckets that `readStatistics` would read with their events, which may be of other ranges, too. */
export async function* readEvents(
  { buckets, bounds, hold }: Reading,
  range: EventRange,
): AsyncGenerator<BucketEvents> {
  const found = buckets.find<Uint8Array>(toFilter(range), {
    ...bounds,
    projection: { count: 1, edits: 1, 'events.date': 1, 'events.value': 1, 'events.json': 1 },
    sort: BY_NUMBER,
    batchSize: EVENT_BUCKETS_AT_ONCE,
    // Tells the size of each.
    raw: true,
  });
  for await (const bucket of found) {
    const documents = [bucket, ...found.readBufferedDocuments()];
    hold(
      'query',
      documents.reduce((sum, { byteLength }) => sum + byteLength, 0),
    );
    for (const document of documents) {
      const { byteLength: bytes } = document;
      yield { ...(BSON.deserialize(document) as WithId<Bucket>), bytes };
    }
  }
}

/** Reads the states of the first `limit` buckets that `readStatistics` would read. */
export const readSummaryStates = (
  { buckets, bounds }: Reading,
  range: EventRange,
  limit: number,
): Promise<BucketState[]> =>
  buckets
    .find<BucketState>(toFilter(range), {
      ...bounds,
      projection: { count: 1, edits: 1 },
      sort: BY_NUMBER,
      limit,
    })
    .toArray();

function toFilter(range: EventRange): Filter<Bucket> {
  const span = toSpan(range);
  return { ...toDaysFilter(range, span), first: { $lte: span.to }, last: { $gte: span.from } };
}
