import type { Document, WithId } from 'mongodb';
import type { Bucket, BucketEvent } from '../bucket.ts';
import { BUCKET_SIZE } from '../bucket.ts';
import type { Series } from '../series.ts';
import type { EventSource } from './event-page-builder.ts';
import { findEndEvent } from './find-end-event.ts';
import { ofDevices } from './of-devices.ts';
import type { Reading } from './reading.ts';
import { toOneBatch } from './to-one-batch.ts';

type SeriesPart = Pick<Series, 'deviceID' | 'eventType' | 'newest' | 'edited'>;

/**
 * Reads the newest event of each series that has one, by the text of the source: at most two queries, and a search for
 * each series of which the newest events were deleted.
 */
export const findNewestEvents = async (
  reading: Reading,
  series: SeriesPart[],
): Promise<Map<string, BucketEvent>> => {
  const { buckets, bounds } = reading;
  const newest = new Map<string, BucketEvent>();
  if (series.length === 0) return newest;
  const batch = { ...toOneBatch(series.length), ...bounds };
  const devices = ofDevices(series);
  const ids = series.flatMap((each) => each.newest?._id ?? []);
  const some = { count: { $lte: BUCKET_SIZE } };
  const found = await buckets
    .aggregate<LatestBucket>(toPipeline({ ...devices, ...some, _id: { $in: ids } }), batch)
    .toArray();
  // Where the newest bucket is gone or emptied, any other bucket may have the newest event.
  const elsewhere = new Map<string, object>(
    series.map(({ deviceID, eventType }) => [
      toSourceText({ deviceID, eventType }),
      { deviceID, eventType },
    ]),
  );
  for (const bucket of found) {
    const { deviceID, eventType, date, last, floor, events } = bucket;
    const source = toSourceText(bucket);
    // Late events fill the newest bucket; the day's newest event may be in an earlier one.
    if (floor && floor > last)
      elsewhere.set(source, { deviceID, eventType, date, last: { $gte: last } });
    else if (events[0] && elsewhere.delete(source)) newest.set(source, events[0]);
  }
  // The buckets of these may name the dates of deleted events.
  const edited = series.filter((each) => each.edited && elsewhere.delete(toSourceText(each)));
  if (elsewhere.size > 0) {
    const groups = await buckets
      .aggregate<{ newest: LatestBucket }>(
        [
          ...toPipeline({ ...devices, ...some, $or: [...elsewhere.values()] }),
          // The greatest bucket is the one whose first fields are: its newest date, then its number.
          {
            $group: {
              _id: { deviceID: '$deviceID', eventType: '$eventType' },
              newest: { $max: GREATEST },
            },
          },
        ],
        batch,
      )
      .toArray();
    for (const group of groups) {
      const [event] = group.newest.events;
      if (event) newest.set(toSourceText(group.newest), event);
      else edited.push(group.newest);
    }
  }
  for (const { deviceID, eventType } of edited) {
    const source = { deviceID, eventType };
    const event = await findEndEvent(reading, source, 'desc');
    if (event) newest.set(toSourceText(source), event);
  }
  return newest;
};

/** A device and event type as text, to use as the key of a Map. */
export const toSourceText = ({ deviceID, eventType }: EventSource): string =>
  `${deviceID} ${eventType}`;

type LatestBucket = Pick<WithId<Bucket>, 'deviceID' | 'eventType' | 'date' | 'last' | 'floor'> & {
  events: BucketEvent[];
};

const GREATEST = {
  last: '$last',
  seq: '$seq',
  deviceID: '$deviceID',
  eventType: '$eventType',
  events: '$events',
};

/** Reads buckets; of the events of each, only the last to arrive at its newest instant. */
const toPipeline = (filter: object): Document[] => {
  const newest = {
    $filter: { input: '$events', as: 'event', cond: { $eq: ['$$event.date', '$last'] } },
  };
  const fields = { deviceID: 1, eventType: 1, date: 1, seq: 1, last: 1, floor: 1 };
  return [
    { $match: filter },
    { $project: { ...fields, events: newest } },
    { $project: { ...fields, events: { $slice: ['$events', -1] } } },
  ];
};
