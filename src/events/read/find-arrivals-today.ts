import type { Bucket } from '../bucket.ts';
import { toReceivedAt } from '../bucket.ts';
import type { Series } from '../series.ts';
import { toDay } from '../to-day.ts';
import type { EventSource } from './event-page-builder.ts';
import { toSourceText } from './find-newest-events.ts';
import { ofDevices } from './of-devices.ts';
import type { Reading } from './reading.ts';
import { toOneBatch } from './to-one-batch.ts';

/** When the last event of a bucket arrived, for a pipeline: places of deleted events have no `at`. */
export const LAST_ARRIVAL = { $max: { $map: { input: '$events', in: '$$this.at' } } };

/**
 * Finds when the last of today's events arrived, by the text of the source. It reads the index entries of today's
 * buckets, and the last bucket of each series without its events.
 */
export const findArrivalsToday = async (
  { buckets, bounds }: Reading,
  series: Series[],
  now: Date,
): Promise<Map<string, Date>> => {
  if (series.length === 0) return new Map();
  const batch = { ...toOneBatch(series.length), ...bounds };
  const keys = series.map(({ deviceID, eventType }) => ({ deviceID, eventType, date: toDay(now) }));
  const last = await buckets
    .aggregate<{ _id: Pick<Bucket, 'deviceID' | 'eventType' | 'date'>; seq: number }>(
      [
        { $match: { ...ofDevices(series), $or: keys } },
        {
          $group: {
            _id: { deviceID: '$deviceID', eventType: '$eventType', date: '$date' },
            seq: { $max: '$seq' },
          },
        },
      ],
      batch,
    )
    .toArray();
  if (last.length === 0) return new Map();
  const found = await buckets
    .aggregate<EventSource & { at?: number }>(
      [
        {
          $match: { ...ofDevices(series), $or: last.map(({ _id, seq }) => ({ ..._id, seq })) },
        },
        { $project: { deviceID: 1, eventType: 1, at: LAST_ARRIVAL } },
      ],
      batch,
    )
    .toArray();
  return new Map(
    found.flatMap(({ at, ...source }) =>
      typeof at === 'number' ? [[toSourceText(source), toReceivedAt({ at })]] : [],
    ),
  );
};
