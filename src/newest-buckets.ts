import type { BucketKey } from './bucket.ts';
import { toKeyText } from './bucket.ts';

/** Remembers the newest bucket that this process has seen of each key, so that most events need one round trip. */
export type NewestBuckets = {
  get(key: BucketKey): number;
  set(key: BucketKey, seq: number): void;
};

// Some 150 bytes an entry: at most 15 MB of a Lambda function's memory.
const MAX_KEYS = 100_000;

export const createNewestBuckets = (): NewestBuckets => {
  const seqs = new Map<string, number>();
  return {
    get: (key) => seqs.get(toKeyText(key)) ?? 0,
    set(key, seq) {
      const text = toKeyText(key);
      seqs.delete(text);
      if (seq > 0) seqs.set(text, seq);
      if (seqs.size <= MAX_KEYS) return;
      const oldest = seqs.keys().next();
      if (!oldest.done) seqs.delete(oldest.value);
    },
  };
};
