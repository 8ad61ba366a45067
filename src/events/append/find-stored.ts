import { MAJORITY } from '../../database/majority.ts';
import type { Bucket, BucketEvent, BucketKey } from '../bucket.ts';
import { BUCKET_SIZE } from '../bucket.ts';
import { toIdentity } from '../identity.ts';
import type { NewestBucket } from './find-newest-bucket.ts';
import type { KnownBuckets } from './known-buckets.ts';
import { findEarlierIds } from './known-buckets.ts';

/** What the key's buckets contain of some events. */
export type Stored = {
  duplicates: Set<BucketEvent>;
  /** New events without an id at an instant for which another event is stored. */
  taken: Set<BucketEvent>;
};

/** The newest event date of all buckets of the key. */
export const newestDate = ({ last, floor }: NewestBucket): Date =>
  floor && floor > last ? floor : last;

/**
 * Looks events up in all buckets of the key. An event without an id that is newer than all buckets is in
 * none of them; an id may be in any of them.
 * @param events sorted, oldest first
 */
export const findStored = async (
  buckets: KnownBuckets,
  key: BucketKey,
  newest: NewestBucket,
  events: BucketEvent[],
): Promise<Stored> => {
  const old = events.filter(({ id, date }) => id === undefined && date <= newestDate(newest));
  const twins = await findTwins(buckets, key, old);
  const ids = await findIds(buckets, key, newest, events);
  const identities = new Set(twins.map(toIdentity));
  const dates = new Set(twins.map(({ date }) => date.getTime()));
  const duplicates = events.filter((event) =>
    event.id === undefined ? identities.has(toIdentity(event)) : ids.has(event.id),
  );
  const taken = old.filter(({ date }) => dates.has(date.getTime()));
  return { duplicates: new Set(duplicates), taken: new Set(taken) };
};

/** Returns the stored events whose instant is exactly that of one of these events. */
async function findTwins(
  { buckets }: KnownBuckets,
  key: BucketKey,
  events: BucketEvent[],
): Promise<BucketEvent[]> {
  const dates = events.map(({ date }) => date);
  const [oldest, newest] = [dates[0], dates.at(-1)];
  if (!oldest || !newest) return [];
  const match = {
    ...key,
    first: { $lte: newest },
    last: { $gte: oldest },
    'events.date': { $in: dates },
  };
  const twins = {
    $filter: { input: '$events', as: 'event', cond: { $in: ['$$event.date', dates] } },
  };
  const found = await buckets
    .aggregate<Pick<Bucket, 'events'>>(
      [{ $match: match }, { $project: { _id: 0, events: twins } }],
      MAJORITY,
    )
    .toArray();
  return found.flatMap(({ events }) => events);
}

/** Returns those of the events' ids that the key's buckets contain. */
async function findIds(
  buckets: KnownBuckets,
  key: BucketKey,
  { seq, count, known }: NewestBucket,
  events: BucketEvent[],
): Promise<Set<string>> {
  const ids = events.flatMap(({ id }) => id ?? []);
  if (ids.length === 0) return new Set();
  // A full bucket counts as an earlier one, since no event is ever added to it.
  const isFull = count >= BUCKET_SIZE;
  const earlier = await findEarlierIds(buckets, key, known, isFull ? seq + 1 : seq, ids);
  if (isFull && earlier.size === 0) return new Set();
  // What was remembered may be deleted by now; `duplicate` needs an event that is there.
  const where = earlier.size === 0 ? { seq } : { 'events.id': { $in: ids } };
  const found = await buckets.buckets
    .find({ ...key, ...where }, { projection: { _id: 0, 'events.id': 1 }, ...MAJORITY })
    .toArray();
  const there = new Set(
    found.flatMap(({ events: stored }) => stored.flatMap(({ id }) => id ?? [])),
  );
  return new Set(ids.filter((id) => there.has(id)));
}
