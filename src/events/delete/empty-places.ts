import type { AnyBulkWriteOperation, Collection, WithId } from 'mongodb';
import { confirmPrimary } from '../../database/majority.ts';
import { toDeviceKey } from '../../names/device-key.ts';
import type { Bucket } from '../bucket.ts';
import { BUCKET_INDEX, BUCKET_SIZE } from '../bucket.ts';
import { seriesOf } from '../series.ts';
import { toRangeFilter } from './count-events.ts';
import { deleteInChunks } from './delete-in-chunks.ts';
import type { DeletedPart, Deletion } from './deletion.ts';
import { createMayGoOn } from './deletion.ts';
import { EMPTY_BUCKET } from './empty-buckets.ts';

/*
 * Deletes the events of a range of instants, whatever runs beside it.
 *
 * A place in a bucket never gets another event. So it is enough to read at which places the range's events are, and
 * to empty these places: pushes and other deletions do not disturb that, a late copy of a request that was given up
 * deletes nothing that came later, and positions of cursors and streams stay true. `count`, `first`, `last` and
 * `floor` stay as well; `edits` counts for entity tags, and statistics are removed in the same update.
 *
 * A full bucket gets no event any more. If nothing of it is left, it becomes what a deletion of all events leaves,
 * which no reader visits. A bucket that has room must keep its places: a push beside it would be lost.
 *
 * Series may name what is gone. They are marked as `edited` before the first place is emptied, so that nobody takes
 * the newest date of a bucket for that of an event.
 */

/** How many buckets one command changes. */
const CHUNK = 100;

type Found = Pick<WithId<Bucket>, '_id' | 'date' | 'count'> & { events: { date?: Date }[] };
type Change = { update: AnyBulkWriteOperation<Bucket>; events: number };

/** @returns false if there are more buckets than one request changes; the next call goes on */
export const emptyPlaces = async (
  buckets: Collection<Bucket>,
  part: Required<DeletedPart>,
  deletion: Deletion,
): Promise<boolean> => {
  const mayGoOn = createMayGoOn();
  const filter = toRangeFilter(part);
  const { deviceID, eventType } = filter;
  await Promise.all([
    seriesOf(buckets).updateOne({ deviceID, eventType }, { $set: { edited: true } }),
    // Otherwise the list may come from a primary that was replaced; series may have another one.
    confirmPrimary(buckets, { deviceID, eventType, seq: -1 }),
  ]);
  const found = buckets.find<Found>(filter, {
    projection: { date: 1, count: 1, 'events.date': 1 },
    // Its fields never change, so that no bucket moves out of the list.
    hint: BUCKET_INDEX,
    batchSize: CHUNK,
  });
  const write = async (chunk: Change[]): Promise<number> => {
    await buckets.bulkWrite(
      chunk.map(({ update }) => update),
      { ordered: false },
    );
    return chunk.reduce((sum, { events }) => sum + events, 0);
  };
  const chunks = { size: CHUNK, toChange: (bucket: Found) => toChange(bucket, part), write };
  return deleteInChunks(found, chunks, mayGoOn, deletion);
};

/** The update that deletes the range's events of a bucket; undefined if it has none. */
function toChange(
  { _id, date, count, events }: Found,
  { deviceID, eventType, range }: Required<DeletedPart>,
): Change | undefined {
  const isDeleted = (place: { date?: Date }): boolean =>
    place.date !== undefined && place.date >= range.from && place.date < range.to;
  const places = [...events.keys()].filter((index) => isDeleted(events[index] ?? {}));
  if (places.length === 0) return undefined;
  const key = { deviceID: toDeviceKey(deviceID), eventType, date, _id };
  const isLast = events.every((place) => place.date === undefined || isDeleted(place));
  const update =
    count === BUCKET_SIZE && isLast
      ? { filter: { ...key, count: BUCKET_SIZE }, update: EMPTY_BUCKET }
      : {
          // A bucket that was emptied meanwhile has no places.
          filter: { ...key, count: { $lte: BUCKET_SIZE } },
          update: {
            $set: Object.fromEntries(places.map((index) => [`events.${index}`, {}])),
            $inc: { edits: 1 },
            $unset: { stats: '' },
          },
        };
  return {
    update: { updateOne: update } as AnyBulkWriteOperation<Bucket>,
    events: places.length,
  };
}
