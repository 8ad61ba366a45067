import type { ObjectId } from 'mongodb';
import { errorCodes, hasCode } from '../../database/error-codes.ts';
import type { BucketKey } from '../bucket.ts';
import { toKeyText } from '../bucket.ts';
import { seriesOf } from '../series.ts';
import type { KnownBuckets } from './known-buckets.ts';

/** Which bucket of a key. */
export type Place = { seq: number; _id: ObjectId };

/**
 * Writes buckets of one key into their series, which series.ts explains; then removes their mark `unlisted`.
 * No request waits for that but the next one of the key in this process: it would find the bucket unlisted.
 * @param places in the order of `seq`
 */
export const enlistBuckets = async (
  { buckets, enlisting }: KnownBuckets,
  key: BucketKey,
  places: Place[],
): Promise<void> => {
  const newest = places.at(-1);
  if (!newest) return;
  const text = toKeyText(key);
  const underWay = enlisting.get(text);
  // Another request of this process is doing it.
  if (underWay?._id.equals(newest._id)) return await underWay.written;
  const written = writeSeries(buckets, key, newest);
  const ids = places.map(({ _id }) => _id);
  const ended = written
    .then(() =>
      buckets.updateMany(
        { ...key, _id: { $in: ids }, unlisted: true },
        { $unset: { unlisted: '' } },
      ),
    )
    // Whoever meets them next does it again.
    .catch(() => undefined)
    .finally(() => enlisting.get(text) === own && enlisting.delete(text));
  const own = { _id: newest._id, written, ended };
  enlisting.set(text, own);
  await written;
};

async function writeSeries(
  buckets: KnownBuckets['buckets'],
  { deviceID, eventType, date }: BucketKey,
  { seq, _id }: Place,
): Promise<void> {
  const write = () =>
    seriesOf(buckets).updateOne(
      { deviceID, eventType },
      {
        $min: { firstDay: date },
        $max: { newest: { date, seq, _id }, lastOpenedAt: new Date() },
        $unset: { emptying: '', emptied: '' },
      },
      { upsert: true },
    );
  await write().catch((error: unknown) => {
    // Another process has just created it.
    if (hasCode(error, errorCodes.duplicateKey)) return write();
    throw error;
  });
}
