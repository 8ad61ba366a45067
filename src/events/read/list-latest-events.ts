import type { Document, WithId } from 'mongodb';
import type { components } from '../../../generated/openapi.ts';
import { toDeviceKey } from '../../names/device-key.ts';
import type { Bucket, BucketEvent } from '../bucket.ts';
import { BUCKET_SIZE } from '../bucket.ts';
import type { Series } from '../series.ts';
import { seriesOf } from '../series.ts';
import type { ToText } from './event-page-builder.ts';
import { createEventPageBuilder } from './event-page-builder.ts';
import type { LatestQuery } from './event-range.ts';
import type { Reading } from './reading.ts';

/** The newest event of each of some types, sorted by type. */
export type LatestPage = {
  events: components['schemas']['Event'][];
  /** The last type that was looked at; undefined if no types follow it. */
  next?: string;
};

type Device = { deviceID: string };
type SeriesPart = Pick<Series, 'eventType' | 'newest'>;

/**
 * Reads a page of the newest events of a device, one of each type; sorted by type. It takes three queries at
 * most: the series, their newest buckets, and the buckets of those types whose newest event is in another
 * one. A page has fewer events than its limit if series name types without events.
 */
export const listLatestEvents = async (
  reading: Reading,
  query: LatestQuery,
  toText: ToText = JSON.stringify,
): Promise<LatestPage> => {
  const device = { deviceID: toDeviceKey(query.deviceID) };
  const found = await findSeries(reading, device, query);
  const series = found.slice(0, query.limit);
  const newest = await findNewestEvents(reading, device, series);
  const page = createEventPageBuilder(query.limit, toText);
  let last: string | undefined;
  for (const { eventType } of series) {
    const event = newest.get(eventType);
    const isFull = event && !page.add({ date: event.date, event }, { ...device, eventType });
    if (isFull && last !== undefined) return { events: page.events, next: last };
    last = eventType;
  }
  if (found.length === series.length || last === undefined) return { events: page.events };
  return { events: page.events, next: last };
};

/** Reads the event types of a device, without looking whether they still have events. */
export const listTypes = async (reading: Reading, query: LatestQuery): Promise<string[]> => {
  const device = { deviceID: toDeviceKey(query.deviceID) };
  const found = await findSeries(reading, device, query);
  return found.slice(0, query.limit).map(({ eventType }) => eventType);
};

/** Reads one series more than the page may have. */
const findSeries = (
  { buckets, bounds }: Reading,
  device: Device,
  { eventType, after, limit }: LatestQuery,
): Promise<SeriesPart[]> =>
  seriesOf(buckets)
    .find<SeriesPart>(
      {
        ...device,
        ...(after !== undefined && { eventType: { $gt: after } }),
        ...(eventType !== undefined && { eventType }),
        emptied: { $exists: false },
      },
      // The contract allows ASCII alone, of which every database has the order of the code points.
      {
        projection: { eventType: 1, newest: 1 },
        sort: { eventType: 1 },
        limit: limit + 1,
        ...toOneBatch(limit + 1),
        ...bounds,
      },
    )
    .toArray();

/** Reads the newest event of each series that has one, by type. */
async function findNewestEvents(
  { buckets, bounds }: Reading,
  device: Device,
  series: SeriesPart[],
): Promise<Map<string, BucketEvent>> {
  const newest = new Map<string, BucketEvent>();
  if (series.length === 0) return newest;
  const batch = { ...toOneBatch(series.length), ...bounds };
  const ids = series.flatMap((each) => each.newest?._id ?? []);
  const found = await buckets
    .aggregate<LatestBucket>(toPipeline({ ...device, _id: { $in: ids } }), batch)
    .toArray();
  // Where the newest bucket is gone or emptied, any other bucket may have the newest event.
  const elsewhere = new Map(series.map(({ eventType }) => [eventType, {}]));
  for (const { eventType, date, last, floor, events } of found) {
    const [event] = events;
    if (!event) continue;
    // Late events fill the newest bucket; the day's newest event may be in an earlier one.
    if (floor && floor > last) elsewhere.set(eventType, { date, last: { $gte: last } });
    else if (elsewhere.delete(eventType)) newest.set(eventType, event);
  }
  if (elsewhere.size === 0) return newest;
  const where = [...elsewhere].map(([eventType, filter]) => ({ eventType, ...filter }));
  const groups = await buckets
    .aggregate<{ newest: LatestBucket }>(
      [
        ...toPipeline({ ...device, count: { $lte: BUCKET_SIZE }, $or: where }),
        // The greatest bucket is the one whose first fields are: its newest date, then its number.
        { $group: { _id: '$eventType', newest: { $max: GREATEST } } },
      ],
      batch,
    )
    .toArray();
  for (const group of groups) {
    const { eventType, events } = group.newest;
    if (events[0]) newest.set(eventType, events[0]);
  }
  return newest;
}

type LatestBucket = Pick<WithId<Bucket>, 'eventType' | 'date' | 'last' | 'floor' | 'events'>;

const GREATEST = { last: '$last', seq: '$seq', eventType: '$eventType', events: '$events' };

/** Reads buckets; of the events of each, only the last to arrive at its newest instant. */
const toPipeline = (filter: object): Document[] => {
  const newest = {
    $filter: { input: '$events', as: 'event', cond: { $eq: ['$$event.date', '$last'] } },
  };
  const fields = { eventType: 1, date: 1, seq: 1, last: 1, floor: 1 };
  return [
    { $match: filter },
    { $project: { ...fields, events: newest } },
    { $project: { ...fields, events: { $slice: ['$events', -1] } } },
  ];
};

/** Lets one reply have so many documents, and say that they are all. By default, the first has 101. */
const toOneBatch = (documents: number) => ({ batchSize: documents + 1 });
