import type { Collection } from 'mongodb';
import type { components, operations } from '../../../generated/openapi.ts';
import { toDeviceKey } from '../../names/device-key.ts';
import type { Bucket } from '../bucket.ts';
import { fromStoredValue } from '../stored-value.ts';

type LatestEvent = components['schemas']['LatestEvent'];
export type LatestQuery = operations['getLatestEvents']['parameters']['query'];
type NewestBucket = Pick<Bucket, 'eventType' | 'date' | 'last' | 'floor' | 'events'>;

/**
 * The newest event of each type: one look at the index for each type, backwards from the greatest name,
 * however many days and events there are.
 */
export const listLatestEvents = async (
  buckets: Collection<Bucket>,
  { deviceID, eventType }: LatestQuery,
): Promise<LatestEvent[]> => {
  const device = { deviceID: toDeviceKey(deviceID) };
  const latest: LatestEvent[] = [];
  let filter: object = eventType === undefined ? device : { ...device, eventType };
  for (;;) {
    const bucket = await findNewest(buckets, filter);
    if (!bucket) return latest.reverse();
    latest.push(await toLatest(buckets, device, bucket));
    if (eventType !== undefined) return latest;
    filter = { ...device, eventType: { $lt: bucket.eventType } };
  }
};

/** The bucket that the index has last, with no more events than those of its newest instant. */
async function findNewest(
  buckets: Collection<Bucket>,
  filter: object,
): Promise<NewestBucket | undefined> {
  const newestEvents = {
    $filter: { input: '$events', as: 'event', cond: { $eq: ['$$event.date', '$last'] } },
  };
  const [bucket] = await buckets
    .aggregate<NewestBucket>([
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
  bucket: NewestBucket,
): Promise<LatestEvent> {
  const { eventType, date, floor, last } = bucket;
  // What arrived late fills the newest bucket; the day's newest event is then in an earlier one.
  const holder =
    floor && floor > last
      ? await findNewest(buckets, { ...device, eventType, date, last: floor })
      : bucket;
  const event = (holder ?? bucket).events.at(-1);
  if (!event) throw new Error('A bucket has no event at its last date');
  return { eventType, date: event.date.toISOString(), value: fromStoredValue(event) };
}
