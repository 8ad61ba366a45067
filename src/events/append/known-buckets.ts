import type { Collection, ObjectId } from 'mongodb';
import type { Measure } from '../../telemetry.ts';
import type { Bucket, BucketKey } from '../bucket.ts';
import { toKeyText } from '../bucket.ts';

/**
 * A key's newest bucket. Its `_id` differs after all buckets of the key were deleted and a new one was
 * opened.
 */
export type KnownBucket = { seq: number; _id: ObjectId };

/**
 * The collection, and what this process remembers of it, so that most events take one round trip. What it
 * remembers may be outdated; append-events.ts says why updates are safe nevertheless, and the limits.
 */
export type KnownBuckets = {
  buckets: Collection<Bucket>;
  measure: Measure;
  /** The newest bucket that this process has seen; undefined if it has seen none, or only bucket 0. */
  newest(key: BucketKey): KnownBucket | undefined;
  remember(key: BucketKey, bucket: KnownBucket): void;
  forgetNewest(key: BucketKey): void;
  /**
   * Returns those of the event ids that the key's buckets before `seq` contain. All of these must be full.
   */
  findEarlierIds(key: BucketKey, seq: number, ids: string[]): Promise<Set<string>>;
  /** Call it if the key's buckets may have been deleted since their ids were read. */
  forgetIds(key: BucketKey): void;
};

/** The ids in the buckets before `until`. */
type EarlierIds = { until: number; ids: Set<string> };

// Three bounds on memory. Most keys have one bucket only, and need no entry: bucket 0 is tried first anyway.
const MIN_SEQ = 1;
// About 200 bytes a key: at most 20 MB of a Lambda function's memory.
const MAX_KEYS = 100_000;
// About 150 bytes an id: at most 30 MB, unless a single key has more.
const MAX_IDS = 200_000;

export const createKnownBuckets = (buckets: Collection<Bucket>, measure: Measure): KnownBuckets => {
  // Both maps have the entry that was used last at their end.
  const newest = new Map<string, KnownBucket>();
  const earlier = new Map<string, EarlierIds>();
  return {
    buckets,
    measure,
    newest: (key) => newest.get(toKeyText(key)),
    remember(key, { seq, _id }) {
      const text = toKeyText(key);
      newest.delete(text);
      if (seq >= MIN_SEQ) newest.set(text, { seq, _id });
      if (newest.size <= MAX_KEYS) return;
      const oldest = newest.keys().next();
      if (!oldest.done) newest.delete(oldest.value);
    },
    forgetNewest: (key) => void newest.delete(toKeyText(key)),
    async findEarlierIds(key, seq, ids) {
      if (ids.length === 0 || seq === 0) return new Set();
      const text = toKeyText(key);
      const entry = earlier.get(text) ?? { until: 0, ids: new Set() };
      // A full bucket never changes: its ids are read once, and only if devices send ids.
      const read = entry.until < seq ? await readIds(buckets, key, entry.until, seq) : [];
      for (const id of read) entry.ids.add(id);
      entry.until = Math.max(entry.until, seq);
      earlier.delete(text);
      earlier.set(text, entry);
      forgetOldest(earlier);
      return new Set(ids.filter((id) => entry.ids.has(id)));
    },
    forgetIds: (key) => void earlier.delete(toKeyText(key)),
  };
};

async function readIds(
  buckets: Collection<Bucket>,
  key: BucketKey,
  from: number,
  to: number,
): Promise<string[]> {
  const found = await buckets
    .find({ ...key, seq: { $gte: from, $lt: to } }, { projection: { _id: 0, 'events.id': 1 } })
    .toArray();
  return found.flatMap(({ events }) => events.flatMap(({ id }) => id ?? []));
}

function forgetOldest(earlier: Map<string, EarlierIds>): void {
  let total = 0;
  for (const { ids } of earlier.values()) total += ids.size;
  for (const [text, { ids }] of earlier) {
    if (total <= MAX_IDS || earlier.size === 1) return;
    earlier.delete(text);
    total -= ids.size;
  }
}
