import { randomUUID } from 'node:crypto';
import type { Collection, ObjectId } from 'mongodb';
import { confirmPrimary } from '../../database/majority.ts';
import { DEADLINE_MS, EventStoreUnavailable } from '../../database/outage.ts';
import { toDeviceKey } from '../../names/device-key.ts';
import type { Bucket } from '../bucket.ts';
import { BUCKET_SIZE, EMPTIED, LATEST_DATE } from '../bucket.ts';
import { seriesOf } from '../series.ts';

/** How many buckets are emptied by one request. */
const CHUNK = 1_000;

const EARLIEST_DATE = new Date(-8.64e15);

const emptied = { events: [], count: EMPTIED, first: LATEST_DATE, last: EARLIEST_DATE };

/**
 * Deletes all events of a device, whatever their type and day. It empties their buckets where they are
 * (append-events.ts says why): what stays is each bucket's device, type, day, number and `floor`.
 * It empties by `_id`, so that a late copy of a request that was given up cannot reach newer buckets.
 * The device's series are marked before and after, as series.ts explains.
 * @throws EventStoreUnavailable if there are more buckets than it can empty in time; the next call goes on
 */
export const deleteDevice = async (
  buckets: Collection<Bucket>,
  deviceID: string,
): Promise<void> => {
  const end = performance.now() + DEADLINE_MS;
  const device = { deviceID: toDeviceKey(deviceID) };
  const series = seriesOf(buckets);
  const emptying = randomUUID();
  await Promise.all([
    series.updateMany(device, { $set: { emptying, deletedAt: new Date() } }),
    // Otherwise the list may come from a primary that was replaced; series may have another one.
    confirmPrimary(buckets, { ...device, seq: -1 }),
  ]);
  const found = buckets.find(
    { ...device, count: { $lte: BUCKET_SIZE } },
    { projection: { _id: 1 }, batchSize: CHUNK },
  );
  const ids: ObjectId[] = [];
  const empty = () =>
    buckets.updateMany(
      { ...device, _id: { $in: ids.splice(0) } },
      { $set: emptied, $unset: { stats: '' } },
    );
  for await (const { _id } of found) {
    ids.push(_id);
    if (ids.length < CHUNK) continue;
    if (performance.now() > end) throw new EventStoreUnavailable('The device has too many events');
    await empty();
  }
  if (ids.length > 0) await empty();
  await series.updateMany(
    { ...device, emptying },
    { $set: { emptied: true }, $unset: { emptying: '', firstDay: '', newest: '' } },
  );
};
