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
  { buckets, unlisting }: KnownBuckets,
  key: BucketKey,
  places: Place[],
): Promise<void> => {
  const newest = places.at(-1);
  if (!newest) return;
  const { deviceID, eventType, date } = key;
  const write = () =>
    seriesOf(buckets).updateOne(
      { deviceID, eventType },
      {
        $min: { firstDay: date },
        $max: { newest: { date, seq: newest.seq, _id: newest._id }, lastOpenedAt: new Date() },
        $unset: { emptying: '', emptied: '' },
      },
      { upsert: true },
    );
  await write().catch((error: unknown) => {
    // Another process has just created it.
    if (hasCode(error, errorCodes.duplicateKey)) return write();
    throw error;
  });
  const ids = places.map(({ _id }) => _id);
  const text = toKeyText(key);
  const work = buckets
    .updateMany({ ...key, _id: { $in: ids }, unlisted: true }, { $unset: { unlisted: '' } })
    // Whoever meets them next does it again.
    .then(
      () => undefined,
      () => undefined,
    )
    .finally(() => unlisting.get(text) === work && unlisting.delete(text));
  unlisting.set(text, work);
};
