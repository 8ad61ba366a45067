import type { Collection, Document } from 'mongodb';
import type { Bucket } from '../events/bucket.ts';
import type { Series } from '../events/series.ts';
import { changeCollection } from './change-collection.ts';

export type RetentionOptions = {
  /**
   * How many days an event is kept after its day. Null means for ever; undefined keeps the present setting.
   */
  retentionDays?: number | null | undefined;
  /** Consents to a retention that deletes events now, or earlier than the present one. */
  allowDataLoss?: boolean | undefined;
};

/**
 * Sets how long buckets are kept, with a TTL index on their day. Returns what it did, in words.
 * @throws if it would delete events and `allowDataLoss` is not set
 */
export const setRetention = async (
  buckets: Collection<Bucket>,
  { retentionDays, allowDataLoss = false }: RetentionOptions,
): Promise<string> => {
  const present = (await buckets.indexes()).find(isTtlIndex);
  if (retentionDays === null) return await keepForEver(buckets, present?.name);
  const wanted = retentionDays === undefined ? undefined : toSeconds(retentionDays);
  if (wanted === undefined || wanted === present?.expireAfterSeconds) {
    return `${toWords(present?.expireAfterSeconds)}, as before`;
  }
  if (!allowDataLoss) await refuseLoss(buckets, wanted, present?.expireAfterSeconds);
  await expireAfter(buckets, 'date', wanted, present?.name);
  return `${toWords(wanted)}, before: ${toWords(present?.expireAfterSeconds)}`;
};

/**
 * Lets a series end after its newest bucket. A bucket is opened a day before its own day at the earliest; one
 * more day is for clocks that differ.
 */
export const followRetention = async (
  buckets: Collection<Bucket>,
  series: Collection<Series>,
): Promise<void> => {
  const seconds = (await buckets.indexes()).find(isTtlIndex)?.expireAfterSeconds;
  const present = (await series.indexes()).find(({ name }) => name === RETENTION_INDEX);
  if (seconds === undefined) {
    if (present) await series.dropIndex(RETENTION_INDEX);
    return;
  }
  const wanted = Math.min(seconds + 2 * DAY_SECONDS, 2 ** 31 - 1);
  if (present?.expireAfterSeconds === wanted) return;
  await expireAfter(series, 'lastOpenedAt', wanted, present?.name);
};

type Index = Awaited<ReturnType<Collection['indexes']>>[number];

const RETENTION_INDEX = 'retention';
const DAY_SECONDS = 86_400;
// MongoDB stores the seconds of a TTL in 32 bits.
const MAX_DAYS = Math.floor(2 ** 31 / DAY_SECONDS) - 1;

const isTtlIndex = ({ key, expireAfterSeconds }: Index): boolean =>
  expireAfterSeconds !== undefined && JSON.stringify(key) === '{"date":1}';

/**
 * Adds a day, since a bucket's date is the start of its day: its last event would otherwise be deleted too
 * early.
 */
function toSeconds(days: number): number {
  if (Number.isInteger(days) && days >= 1 && days < MAX_DAYS) return (days + 1) * DAY_SECONDS;
  throw new Error(
    `retentionDays is ${days}: it must be a whole number from 1 to ${MAX_DAYS - 1}, or null to keep events for ever`,
  );
}

const toWords = (seconds: number | undefined): string =>
  seconds === undefined ? 'for ever' : `${seconds / DAY_SECONDS - 1} days`;

async function refuseLoss(
  buckets: Collection<Bucket>,
  wanted: number,
  present = Infinity,
): Promise<void> {
  if (wanted > present) return;
  const end = new Date(Date.now() - wanted * 1_000);
  const doomed = await buckets.countDocuments({ date: { $lt: end } });
  if (present === Infinity && doomed === 0) return;
  const now = toWords(Number.isFinite(present) ? present : undefined);
  throw new Error(
    `A retention of ${toWords(wanted)} (now: ${now}) deletes events, those of the days up to ` +
      `${end.toISOString().slice(0, 10)} at once (${doomed} buckets). ` +
      'Choose a longer retention, or set allowDataLoss to true',
  );
}

async function keepForEver(buckets: Collection<Bucket>, name: string | undefined): Promise<string> {
  if (!name) return 'for ever, as before';
  await buckets.dropIndex(name);
  return 'for ever, from now on';
}

async function expireAfter<T extends Document>(
  collection: Collection<T>,
  field: string,
  seconds: number,
  name?: string,
): Promise<void> {
  if (name) {
    const index = { name, expireAfterSeconds: seconds };
    if (await changeCollection(collection, { index })) return;
    await collection.dropIndex(name);
  }
  const options = { name: RETENTION_INDEX, expireAfterSeconds: seconds };
  await collection.createIndex({ [field]: 1 }, options);
}
