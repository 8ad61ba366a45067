import type { ObjectId } from 'mongodb';
import type { BucketKey } from '../bucket.ts';
import { toKeyText } from '../bucket.ts';

/** A key's newest bucket; its `_id` tells it from the one of a key that was deleted and began anew. */
export type KnownBucket = { seq: number; _id: ObjectId };

/** Remembers the newest bucket that this process has seen of each key, so that most events need one round trip. */
export type NewestBuckets = {
  /** Undefined where it may be the first. */
  get(key: BucketKey): KnownBucket | undefined;
  set(key: BucketKey, bucket: KnownBucket): void;
  forget(key: BucketKey): void;
};

// Some 200 bytes an entry: at most 20 MB of a Lambda function's memory.
const MAX_KEYS = 100_000;

export const createNewestBuckets = (): NewestBuckets => {
  const known = new Map<string, KnownBucket>();
  return {
    get: (key) => known.get(toKeyText(key)),
    set(key, { seq, _id }) {
      const text = toKeyText(key);
      known.delete(text);
      if (seq > 0) known.set(text, { seq, _id });
      if (known.size <= MAX_KEYS) return;
      const oldest = known.keys().next();
      if (!oldest.done) known.delete(oldest.value);
    },
    forget: (key) => void known.delete(toKeyText(key)),
  };
};
