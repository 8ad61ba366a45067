import type { WithId } from 'mongodb';
import { MAJORITY } from '../../database/majority.ts';
import type { Bucket, BucketKey } from '../bucket.ts';
import type { KnownBucket, KnownBuckets } from './known-buckets.ts';
import { toKnownBucket } from './known-buckets.ts';

/** A key's newest bucket, without its events, and what this process knows of the buckets before it. */
export type NewestBucket = Found & { known: KnownBucket };

type Found = Pick<WithId<Bucket>, '_id' | 'seq' | 'count' | 'last' | 'floor' | 'unlisted'> & {
  /** Only whether there are any. */
  stats?: unknown;
};

/**
 * Reads the key's newest bucket, and remembers it. What was read of the buckets before the remembered one
 * holds only if that still exists (it does not after a rollback, or the end of its retention), so it is
 * looked up too; otherwise everything is forgotten.
 */
export const findNewestBucket = async (
  buckets: KnownBuckets,
  key: BucketKey,
): Promise<NewestBucket | undefined> => {
  const remembered = buckets.newest(key);
  const since = remembered ? { seq: { $gte: remembered.seq } } : {};
  const found = await buckets.buckets
    .find<Found>(
      { ...key, ...since },
      {
        sort: { seq: -1 },
        projection: { seq: 1, count: 1, last: 1, floor: 1, unlisted: 1, 'stats.count': 1 },
        ...MAJORITY,
        ...(!remembered && { limit: 1 }),
      },
    )
    .toArray();
  const isThere = remembered && found.some(({ _id }) => _id.equals(remembered._id));
  if (remembered && !isThere) {
    buckets.forget(key);
    return await findNewestBucket(buckets, key);
  }
  const [newest] = found;
  if (!newest) return undefined;
  const isSame = remembered && newest._id.equals(remembered._id);
  const known = isSame ? remembered : toKnownBucket(newest, remembered);
  buckets.remember(key, known);
  return { ...newest, known };
};
