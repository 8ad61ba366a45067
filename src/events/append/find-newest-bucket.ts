import type { WithId } from 'mongodb';
import type { Bucket, BucketKey } from '../bucket.ts';
import type { KnownBuckets } from './known-buckets.ts';

/** A key's newest bucket, without its events. */
export type NewestBucket = Pick<WithId<Bucket>, '_id' | 'seq' | 'count' | 'last' | 'floor'>;

/**
 * Reads the key's newest bucket, and remembers it. A deletion removes all buckets of a key: what was read
 * of them holds only if the remembered bucket still exists, so it is looked up too; otherwise everything is
 * forgotten.
 */
export const findNewestBucket = async (
  known: KnownBuckets,
  key: BucketKey,
): Promise<NewestBucket | undefined> => {
  const remembered = known.newest(key);
  const since = remembered ? { seq: { $gte: remembered.seq } } : {};
  const found: NewestBucket[] = await known.buckets
    .find<NewestBucket>(
      { ...key, ...since },
      {
        sort: { seq: -1 },
        projection: { seq: 1, count: 1, last: 1, floor: 1 },
        ...(!remembered && { limit: 1 }),
      },
    )
    .toArray();
  const isThere = remembered && found.some(({ _id }) => _id.equals(remembered._id));
  if (!isThere) known.forgetIds(key);
  if (remembered && !isThere) {
    known.forgetNewest(key);
    return await findNewestBucket(known, key);
  }
  const [newest] = found;
  if (newest) known.remember(key, newest);
  return newest;
};
