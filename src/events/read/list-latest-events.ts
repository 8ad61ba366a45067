import type { Collection } from 'mongodb';
import type { components, operations } from '../../../generated/openapi.ts';
import { toDeviceKey } from '../../names/device-key.ts';
import type { Bucket } from '../bucket.ts';
import { fromStoredValue } from '../stored-value.ts';

type LatestEvent = components['schemas']['LatestEvent'];
export type LatestQuery = operations['getLatestEvents']['parameters']['query'];
type LatestBucket = Pick<Bucket, 'eventType' | 'date' | 'last' | 'floor' | 'events'>;

/**
 * Reads the newest event of each type of a device, or of one type; sorted by type. It takes one query for
 * each type, from the last name in the index to the first, however many days and events there are, and a
 * second one for a type whose newest event is not in its newest bucket.
 */
export const listLatestEvents = async (
  buckets: Collection<Bucket>,
  { deviceID, eventType }: LatestQuery,
): Promise<LatestEvent[]> => {
  const device = { deviceID: toDeviceKey(deviceID) };
  const latest: LatestEvent[] = [];
  let filter: object = eventType === undefined ? device : { ...device, eventType };
  for (;;) {
    const bucket = await findLatestBucket(buckets, filter);
    if (!bucket) return latest.reverse();
    latest.push(await toLatest(buckets, device, bucket));
    if (eventType !== undefined) return latest;
    filter = { ...device, eventType: { $lt: bucket.eventType } };
  }
};

/**
 * Reads the last matching bucket in the order of the index; of its events, only those at its newest
 * instant.
 */
async function findLatestBucket(
  buckets: Collection<Bucket>,
  filter: object,
): Promise<LatestBucket | undefined> {
  const newestEvents = {
    $filter: { input: '$events', as: 'event', cond: { $eq: ['$$event.date', '$last'] } },
  };
  const [bucket] = await buckets
    .aggregate<LatestBucket>([
      { $match: filter },
      { $sort: { eventType: -1, date: -1, seq: -1 } },
      { $limit: 1 },
      { $project: { _id: 0, eventType: 1, date: 1, last: 1, floor: 1, events: newestEvents } },
    ])
    .toArray();
  return bucket;
}

async function toLatest(
  buckets: Collection<Bucket>,
  device: { deviceID: string },
  bucket: LatestBucket,
): Promise<LatestEvent> {
  const { eventType, date, floor, last } = bucket;
  // If only late events are in the newest bucket, the day's newest event is in an earlier one.
  const holder =
    floor && floor > last
      ? await findLatestBucket(buckets, { ...device, eventType, date, last: floor })
      : bucket;
  const event = (holder ?? bucket).events.at(-1);
  if (!event) throw new Error('A bucket has no event at its last date');
  return { eventType, date: event.date.toISOString(), value: fromStoredValue(event) };
}
