import { randomUUID } from 'node:crypto';
import type { Collection, ObjectId, UpdateFilter } from 'mongodb';
import { confirmPrimary } from '../../database/majority.ts';
import { toDeviceKey } from '../../names/device-key.ts';
import type { Bucket } from '../bucket.ts';
import { BUCKET_INDEX, BUCKET_SIZE, EMPTIED, LATEST_DATE } from '../bucket.ts';
import { seriesOf } from '../series.ts';
import { NUMBER_OF_EVENTS } from './count-events.ts';
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
    series.updateMany(source, { $set: { emptying, ...deletedAt } }),
    // Otherwise the list may come from a primary that was replaced; series may have another one.
    confirmPrimary(buckets, { ...source, seq: -1 }),
  ]);
  // By the index whose fields never change: by the other one, a late event could move a bucket out of the list.
  const found = buckets.aggregate<{ _id: ObjectId; events: number }>(
    [
      { $match: { ...source, count: { $lte: BUCKET_SIZE } } },
      { $project: { events: NUMBER_OF_EVENTS } },
    ],
    { hint: BUCKET_INDEX, batchSize: CHUNK },
  );
  let chunk: { _id: ObjectId; events: number }[] = [];
  const empty = async (): Promise<void> => {
    const ids = chunk.map(({ _id }) => _id);
    await buckets.updateMany({ ...source, _id: { $in: ids } }, EMPTY_BUCKET);
    for (const { events } of chunk) deletion.count += events;
    chunk = [];
  };
  for await (const bucket of found) {
    if (chunk.length === CHUNK) await empty();
    if (!mayGoOn(1)) {
      if (chunk.length > 0) await empty();
      return false;
    }
    chunk.push(bucket);
  }
  if (chunk.length > 0) await empty();
  await series.updateMany(
    { ...source, emptying },
    { $set: { emptied: true }, $unset: { emptying: '', firstDay: '', newest: '' } },
  );
  return true;
};
