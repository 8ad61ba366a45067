import type { Collection } from 'mongodb';
import type { Bucket, BucketKey } from '../bucket.ts';
import { toKeyText } from '../bucket.ts';

export type EarlierIds = {
  /** Which of these event ids are in the key's buckets before `seq`, all of which are full. */
  find(key: BucketKey, seq: number, ids: string[]): Promise<Set<string>>;
  /** The key's buckets may have been deleted since they were read. */
  forget(key: BucketKey): void;
};

type Known = { until: number; ids: Set<string> };

// Some 150 bytes an id: at most 30 MB of a Lambda function's memory, unless one day of one device has more.
const MAX_IDS = 200_000;

/** A full bucket never changes again: a process reads its ids once, and only where devices send ids. */
export const createEarlierIds = (buckets: Collection<Bucket>): EarlierIds => {
  const known = new Map<string, Known>();
  return {
    async find(key, seq, ids) {
      if (ids.length === 0 || seq === 0) return new Set();
      const text = toKeyText(key);
      const entry = known.get(text) ?? { until: 0, ids: new Set() };
      const read = entry.until < seq ? await readIds(buckets, key, entry.until, seq) : [];
      for (const id of read) entry.ids.add(id);
      entry.until = Math.max(entry.until, seq);
      known.delete(text);
      known.set(text, entry);
      forgetOldest(known);
      return new Set(ids.filter((id) => entry.ids.has(id)));
    },
    forget: (key) => void known.delete(toKeyText(key)),
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

function forgetOldest(known: Map<string, Known>): void {
  let total = 0;
  for (const { ids } of known.values()) total += ids.size;
  for (const [text, { ids }] of known) {
    if (total <= MAX_IDS || known.size === 1) return;
    known.delete(text);
    total -= ids.size;
  }
}
