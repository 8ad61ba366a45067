import { toDeviceKey } from '../../names/device-key.ts';
import { BUCKET_INDEX, BUCKET_SIZE } from '../bucket.ts';
import type { Reading } from '../read/reading.ts';
import { toDay } from '../to-day.ts';
import type { DeletedPart } from './deletion.ts';

/** How many events a deletion would delete; `isCut` if there are more than one request counts. */
export type EventCount = { count: number; isCut: boolean };

// As many as a summary reads: two million events, where buckets are full.
const MAX_BUCKETS = 10_000;

/** The number of a bucket's events that are there, for a pipeline. */
export const NUMBER_OF_EVENTS = toNumber([{ $gt: ['$$event.date', null] }]);

/** Counts the events of a part, without reading them into this process. */
export const countEvents = async (
  { buckets, bounds }: Reading,
  part: DeletedPart & { eventType: string },
): Promise<EventCount> => {
  const { deviceID, eventType, range } = part;
  const filter = range
    ? toRangeFilter({ deviceID, eventType, range })
    : { deviceID: toDeviceKey(deviceID), eventType, count: { $lte: BUCKET_SIZE } };
  const events = range
    ? toNumber([{ $gte: ['$$event.date', range.from] }, { $lt: ['$$event.date', range.to] }])
    : NUMBER_OF_EVENTS;
  const [total] = await buckets
    .aggregate<{ count: number; buckets: number }>(
      [
        { $match: filter },
        { $limit: MAX_BUCKETS + 1 },
        { $project: { events } },
        { $group: { _id: null, count: { $sum: '$events' }, buckets: { $sum: 1 } } },
      ],
      { ...bounds, hint: BUCKET_INDEX },
    )
    .toArray();
  return { count: total?.count ?? 0, isCut: (total?.buckets ?? 0) > MAX_BUCKETS };
};

/** The filter of the buckets that may have events of a range. */
export const toRangeFilter = ({
  deviceID,
  eventType,
  range: { from, to },
}: Required<DeletedPart>) => ({
  deviceID: toDeviceKey(deviceID),
  eventType,
  // Dates are whole milliseconds.
  date: { $gte: toDay(from), $lte: toDay(new Date(to.getTime() - 1)) },
  first: { $lt: to },
  last: { $gte: from },
  count: { $lte: BUCKET_SIZE },
});

function toNumber(conditions: object[]): object {
  return { $size: { $filter: { input: '$events', as: 'event', cond: { $and: conditions } } } };
}
