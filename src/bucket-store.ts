import type { Collection } from 'mongodb';
import type { Bucket } from './bucket.ts';
import type { EarlierIds } from './earlier-ids.ts';
import { createEarlierIds } from './earlier-ids.ts';
import type { NewestBuckets } from './newest-buckets.ts';
import { createNewestBuckets } from './newest-buckets.ts';

/** The collection, and what this process remembers of it. */
export type BucketStore = {
  buckets: Collection<Bucket>;
  newest: NewestBuckets;
  earlierIds: EarlierIds;
};

export const createBucketStore = (buckets: Collection<Bucket>): BucketStore => ({
  buckets,
  newest: createNewestBuckets(),
  earlierIds: createEarlierIds(buckets),
});
