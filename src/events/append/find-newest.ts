import type { WithId } from 'mongodb';
import type { Bucket, BucketKey } from '../bucket.ts';
import type { BucketStore } from './bucket-store.ts';

export type Newest = Pick<WithId<Bucket>, '_id' | 'seq' | 'count' | 'last' | 'floor'>;

/**
 * The key's newest bucket, which this process then knows. A deletion takes all buckets of a key: only where
 * the one that was known is still there does what was read of the others hold.
 */
export const findNewest = async (
  store: BucketStore,
  key: BucketKey,
): Promise<Newest | undefined> => {
  const { buckets, newest, earlierIds } = store;
  const known = newest.get(key);
  const since = known ? { seq: { $gte: known.seq } } : {};
  const found: Newest[] = await buckets
    .find<Newest>(
      { ...key, ...since },
      {
        sort: { seq: -1 },
        projection: { seq: 1, count: 1, last: 1, floor: 1 },
        ...(!known && { limit: 1 }),
      },
    )
    .toArray();
  const isThere = known && found.some(({ _id }) => _id.equals(known._id));
  if (!isThere) earlierIds.forget(key);
  if (known && !isThere) {
    newest.forget(key);
    return await findNewest(store, key);
  }
  const [last] = found;
  if (last) newest.set(key, last);
  return last;
};
