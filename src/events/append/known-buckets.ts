import type { Collection, ObjectId } from 'mongodb';
import type { Measure } from '../../telemetry.ts';
import type { Bucket, BucketKey } from '../bucket.ts';
import { toKeyText } from '../bucket.ts';

/**
 * A key's newest bucket, and the ids in the buckets before `until`, all of which were full. What is known of
 * those holds as long as the bucket with this `_id` exists, since it was opened after them. The ids only
 * ever say that an id is not there: those that they name may be deleted by now.
 */
export type KnownBucket = { seq: number; _id: ObjectId; until: number; ids: Set<string> };

/** The entry of a bucket in its series; it has ended when the bucket is no longer `unlisted`. */
export type Enlisting = { _id: ObjectId; written: Promise<void>; ended: Promise<unknown> };

/**
 * The collection, and what this process remembers of it, so that most events take one round trip. What it
 * remembers may be outdated; append-events.ts says why updates are safe nevertheless.
 */
export type KnownBuckets = {
  buckets: Collection<Bucket>;
  measure: Measure;
  /** The entries in series that are under way, by the text of their key. */
  enlisting: Map<string, Enlisting>;
  /** The newest bucket that this process has seen; undefined if it has seen none, or only bucket 0. */
  newest(key: BucketKey): KnownBucket | undefined;
  /** Replaces what is remembered of the key. A request adds what it reads to the object that it began with. */
  remember(key: BucketKey, bucket: KnownBucket): void;
  forget(key: BucketKey): void;
};

// Three bounds on memory. Most keys have one bucket only, and need no entry: bucket 0 is tried first anyway.
const MIN_SEQ = 1;
// About 200 bytes a key: at most 20 MB of a Lambda function's memory.
const MAX_KEYS = 100_000;
// About 150 bytes an id: at most 30 MB, unless a single key has more.
const MAX_IDS = 200_000;

export const createKnownBuckets = (buckets: Collection<Bucket>, measure: Measure): KnownBuckets => {
  // The entry that was used last is at the end.
  const entries = new Map<string, KnownBucket>();
  return {
    buckets,
    measure,
    enlisting: new Map(),
    newest: (key) => entries.get(toKeyText(key)),
    remember(key, bucket) {
      const text = toKeyText(key);
      entries.delete(text);
      if (bucket.seq >= MIN_SEQ) entries.set(text, bucket);
      const [oldest] = entries.keys();
      if (entries.size > MAX_KEYS && oldest !== undefined) entries.delete(oldest);
      if (bucket.ids.size > 0) forgetIds(entries);
    },
    forget: (key) => void entries.delete(toKeyText(key)),
  };
};

/**
 * What is known of a bucket.
 * @param before an earlier bucket of the key that still exists; without one, nothing was read of those before
 */
export const toKnownBucket = (
  { seq, _id }: { seq: number; _id: ObjectId },
  before?: KnownBucket,
): KnownBucket => ({ seq, _id, until: before?.until ?? 0, ids: before?.ids ?? new Set() });

/** Returns those of the ids that the buckets before `seq`, all of them full, may contain. */
export const findEarlierIds = async (
  { buckets }: KnownBuckets,
  key: BucketKey,
  known: KnownBucket,
  seq: number,
  ids: string[],
): Promise<Set<string>> => {
  if (ids.length === 0) return new Set();
  if (known.until < seq) {
    // Ids are never added to a full bucket: they are read once, and only if devices send ids.
    const found = await buckets
      .find(
        { ...key, seq: { $gte: known.until, $lt: seq } },
        { projection: { _id: 0, 'events.id': 1 } },
      )
      .toArray();
    for (const { events } of found) {
      for (const { id } of events) if (id !== undefined) known.ids.add(id);
    }
    known.until = Math.max(known.until, seq);
  }
  return new Set(ids.filter((id) => known.ids.has(id)));
};

/** Forgets the keys with ids that were used least recently, while there are too many ids. */
function forgetIds(entries: Map<string, KnownBucket>): void {
  let total = 0;
  for (const { ids } of entries.values()) total += ids.size;
  for (const [text, { ids }] of entries) {
    if (total <= MAX_IDS || total === ids.size) return;
    if (ids.size > 0) entries.delete(text);
    total -= ids.size;
  }
}
