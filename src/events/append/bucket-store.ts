import type { Collection } from 'mongodb';
import type { Measure } from '../../telemetry.ts';
import type { Bucket } from '../bucket.ts';
import type { EarlierIds } from './earlier-ids.ts';
import { createEarlierIds } from './earlier-ids.ts';
import type { NewestBuckets } from './newest-buckets.ts';
import { createNewestBuckets } from './newest-buckets.ts';

/** The collection, and what this process remembers of it. */
export type BucketStore = {
  buckets: Collection<Bucket>;
  newest: NewestBuckets;
  earlierIds: EarlierIds;
  measure: Measure;
};

export const createBucketStore = (buckets: Collection<Bucket>, measure: Measure): BucketStore => ({
  buckets,
  measure,
  newest: createNewestBuckets(),
  earlierIds: createEarlierIds(buckets),
});
