import type { WithId } from 'mongodb';
import type { Bucket } from '../../bucket.ts';
import type { BucketState } from '../page-version.ts';

/** The fields of a bucket that a page is made of. */
export type BucketPart = Pick<
  WithId<Bucket>,
  '_id' | 'date' | 'seq' | 'count' | 'edits' | 'first' | 'last' | 'floor' | 'events'
> & {
  /** Of BSON that were read. */
  bytes: number;
};

/** Buckets that were read at once. */
export type BucketRun = {
  buckets: BucketPart[];
  /**
   * What buckets to come may hold: oldest first, events at this instant and after it; newest first, events before it.
   * Undefined if none are to come.
   */
  rest?: Date;
  /** The next bucket, if it was looked up for `rest`. */
  next?: BucketState;
};
