import type { Collection } from 'mongodb';
import type { Bucket } from '../bucket.ts';
import type { DeletedPart, Deletion } from './deletion.ts';
import { emptyBuckets } from './empty-buckets.ts';
import { emptyPlaces } from './empty-places.ts';

/**
 * Deletes the events of a part that were stored before; counts them as it goes on.
 * @returns false if there are more than one request deletes; the next call goes on
 */
export const deleteEvents = (
  buckets: Collection<Bucket>,
  { deviceID, eventType, range }: DeletedPart,
  deletion: Deletion,
): Promise<boolean> =>
  eventType !== undefined && range
    ? emptyPlaces(buckets, { deviceID, eventType, range }, deletion)
    : emptyBuckets(buckets, { deviceID, ...(eventType !== undefined && { eventType }) }, deletion);
