import { randomUUID } from 'node:crypto';
import type { Collection, UpdateFilter, WithId } from 'mongodb';
import { confirmPrimary } from '../../database/majority.ts';
import { toDeviceKey } from '../../names/device-key.ts';
import type { Bucket } from '../bucket.ts';
import { BUCKET_INDEX, BUCKET_SIZE, EMPTIED, LATEST_DATE } from '../bucket.ts';
import { seriesOf } from '../series.ts';
import { NUMBER_OF_EVENTS } from './count-events.ts';
import { deleteInChunks } from './delete-in-chunks.ts';
import type { DeletedPart, Deletion } from './deletion.ts';
import { createMayGoOn } from './deletion.ts';

/** How many buckets one update empties. */
const CHUNK = 1_000;

const EARLIEST_DATE = new Date(-8.64e15);

/** What a bucket becomes once all of its events are deleted. */
export const EMPTY_BUCKET: UpdateFilter<Bucket> = {
  $set: { events: [], count: EMPTIED, first: LATEST_DATE, last: EARLIEST_DATE },
  $unset: { stats: '' },
};

type Found = Pick<WithId<Bucket>, '_id' | 'count' | 'edits'>;

/**
 * Deletes all events of a device, or of one of its event types, whatever their day. It empties their buckets where
 * they are (append-events.ts says why): what stays is each bucket's device, type, day, number and `floor`.
 * It empties by `_id`, so that a late copy of a request that was given up cannot reach newer buckets.
 * The series are marked before and after, as series.ts explains. Open streams end if the device is deleted, and skip
 * the events if a type is.
 * @returns false if there are more buckets than one request empties; the next call goes on
 */
export const emptyBuckets = async (
  buckets: Collection<Bucket>,
  { deviceID, eventType }: Omit<DeletedPart, 'range'>,
  deletion: Deletion,
): Promise<boolean> => {
  const mayGoOn = createMayGoOn();
  const source = { deviceID: toDeviceKey(deviceID), ...(eventType !== undefined && { eventType }) };
  const series = seriesOf(buckets);
  const emptying = randomUUID();
  const deletedAt = eventType === undefined ? { deletedAt: new Date() } : {};
  await Promise.all([
    series.updateMany(source, { $set: { emptying, erased: true, ...deletedAt } }),
    // Otherwise the list may come from a primary that was replaced; series may have another one.
    confirmPrimary(buckets, { ...source, seq: -1 }),
  ]);
  const found = buckets.find<Found>(
    { ...source, count: { $lte: BUCKET_SIZE } },
    {
      projection: { count: 1, edits: 1 },
      // Its fields never change: by the other index, a late event could move a bucket out of the list.
      hint: BUCKET_INDEX,
      batchSize: CHUNK,
    },
  );
  const empty = async (chunk: Found[]): Promise<number> => {
    const ids = chunk.map(({ _id }) => _id);
    const events = await countIn(buckets, source, chunk);
    await buckets.updateMany({ ...source, _id: { $in: ids } }, EMPTY_BUCKET);
    return events;
  };
  const chunks = { size: CHUNK, toChange: (bucket: Found) => bucket, write: empty };
  if (!(await deleteInChunks(found, chunks, mayGoOn, deletion))) return false;
  await series.updateMany(
    { ...source, emptying },
    { $set: { emptied: true }, $unset: { emptying: '', edited: '', firstDay: '', newest: '' } },
  );
  return true;
};

/** Counts the events of buckets; asks the database for those in which events were deleted. */
async function countIn(
  buckets: Collection<Bucket>,
  source: { deviceID: string },
  chunk: Found[],
): Promise<number> {
  const whole = chunk.filter(({ edits }) => edits === undefined);
  const count = whole.reduce((sum, bucket) => sum + bucket.count, 0);
  const ids = chunk.flatMap(({ _id, edits }) => (edits === undefined ? [] : _id));
  if (ids.length === 0) return count;
  const [total] = await buckets
    .aggregate<{ events: number }>([
      { $match: { ...source, _id: { $in: ids } } },
      { $project: { events: NUMBER_OF_EVENTS } },
      { $group: { _id: null, events: { $sum: '$events' } } },
    ])
    .toArray();
  return count + (total?.events ?? 0);
}
