import type { Collection, ObjectId } from 'mongodb';
import { confirmPrimary } from '../../database/majority.ts';
import { DEADLINE_MS, EventStoreUnavailable } from '../../database/outage.ts';
import { toDeviceKey } from '../../names/device-key.ts';
import type { Bucket } from '../bucket.ts';
import { BUCKET_SIZE, EMPTIED } from '../bucket.ts';

/** How many buckets are emptied by one request. */
const CHUNK = 1_000;

const LATEST_DATE = new Date(8.64e15);
const EARLIEST_DATE = new Date(-8.64e15);

const emptied = { events: [], count: EMPTIED, first: LATEST_DATE, last: EARLIEST_DATE };

/**
 * Deletes all events of a device, whatever their type and day. It empties their buckets where they are
 * (append-events.ts says why): what stays is each bucket's device, type, day, number and `floor`.
 * It empties by `_id`, so that a late copy of a request that was given up cannot reach newer buckets.
 * @throws EventStoreUnavailable if there are more buckets than it can empty in time; the next call goes on
 */
export const deleteDevice = async (
  buckets: Collection<Bucket>,
  deviceID: string,
): Promise<void> => {
  const end = performance.now() + DEADLINE_MS;
  // Otherwise the list may come from a primary that was replaced.
  const device = { deviceID: toDeviceKey(deviceID) };
  await confirmPrimary(buckets, { ...device, seq: -1 });
  const found = buckets.find(
    { ...device, count: { $lte: BUCKET_SIZE } },
    { projection: { _id: 1 }, batchSize: CHUNK },
  );
  const ids: ObjectId[] = [];
  const empty = () =>
    buckets.updateMany({ ...device, _id: { $in: ids.splice(0) } }, { $set: emptied });
  for await (const { _id } of found) {
    ids.push(_id);
    if (ids.length < CHUNK) continue;
    if (performance.now() > end) throw new EventStoreUnavailable('The device has too many events');
    await empty();
  }
  if (ids.length > 0) await empty();
};
