import type { components } from '../../../generated/openapi.ts';
import { toDeviceKey } from '../../names/device-key.ts';
import type { Bucket } from '../bucket.ts';
import { BUCKET_SIZE } from '../bucket.ts';
import type { ToText } from './event-page-builder.ts';
import { createEventPageBuilder } from './event-page-builder.ts';
import type { LatestQuery } from './event-range.ts';
import type { FoundEvent } from './in-order.ts';
import type { Reading } from './reading.ts';

type LatestBucket = Pick<Bucket, 'date' | 'last' | 'floor' | 'events'>;

/** The newest event of each of some types, sorted by type. */
export type LatestPage = {
  events: components['schemas']['Event'][];
  /** The last event's type; undefined if no types follow it. */
  next?: string;
};

/**
 * Reads a page of the newest events of a device, one of each type; sorted by type. It takes one query for the
 * types, one for each type of the page, and a second one for a type whose newest event is not in its newest
 * bucket.
 */
export const listLatestEvents = async (
  reading: Reading,
  query: LatestQuery,
  toText: ToText = JSON.stringify,
): Promise<LatestPage> => {
  const device = { deviceID: toDeviceKey(query.deviceID) };
  const page = createEventPageBuilder(query.limit, toText);
  let last: string | undefined;
  for (const eventType of await listTypes(reading, device, query)) {
    const found = await findLatestEvent(reading, { ...device, eventType });
    // All events of the type were deleted.
    if (!found) continue;
    if (!page.add(found, { ...device, eventType }) && last !== undefined) {
      return { events: page.events, next: last };
    }
    last = eventType;
  }
  return { events: page.events };
};

/** The types after the page before, in the order of their code points; some may have no events any more. */
async function listTypes(
  { buckets, bounds }: Reading,
  device: { deviceID: string },
  { eventType, after }: LatestQuery,
): Promise<string[]> {
  if (eventType !== undefined) return [eventType];
  const filter = after === undefined ? device : { ...device, eventType: { $gt: after } };
  const types = await buckets.distinct('eventType', filter, bounds);
  // The contract allows ASCII alone, of which JavaScript's order is that of the code points.
  return types.sort();
}

/**
 * Reads the first matching bucket with events, in this order; of its events, only those at its newest
 * instant.
 */
async function findBucket(
  { buckets, bounds }: Reading,
  filter: object,
  sort: Record<string, -1>,
): Promise<LatestBucket | undefined> {
  const newestEvents = {
    $filter: { input: '$events', as: 'event', cond: { $eq: ['$$event.date', '$last'] } },
  };
  const [bucket] = await buckets
    .aggregate<LatestBucket>(
      [
        { $match: { ...filter, count: { $lte: BUCKET_SIZE } } },
        { $sort: sort },
        { $limit: 1 },
        { $project: { _id: 0, date: 1, last: 1, floor: 1, events: newestEvents } },
      ],
      bounds,
    )
    .toArray();
  return bucket;
}

async function findLatestEvent(
  reading: Reading,
  source: { deviceID: string; eventType: string },
): Promise<Pick<FoundEvent, 'date' | 'event'> | undefined> {
  const bucket = await findBucket(reading, source, { eventType: -1, date: -1, seq: -1 });
  if (!bucket) return undefined;
  const { date, floor, last } = bucket;
  // Late events fill the newest bucket; the day's newest event is then in an earlier one.
  const newest =
    floor && floor > last
      ? await findBucket(reading, { ...source, date }, { last: -1, seq: -1 })
      : bucket;
  const event = (newest ?? bucket).events.at(-1);
  if (!event) throw new Error('A bucket has no event at its last date');
  return { date: event.date, event };
}
