import { MAJORITY } from '../../database/majority.ts';
import type { BucketEvent, BucketKey } from '../bucket.ts';
import { BUCKET_SIZE, newestDate } from '../bucket.ts';
import { toIdentity } from '../identity.ts';
import type { Place } from './enlist-buckets.ts';
import type { NewestBucket } from './find-newest-bucket.ts';
import type { KnownBuckets } from './known-buckets.ts';
import { findEarlierIds } from './known-buckets.ts';

/** What the key's buckets contain of some events. */
export type Stored = {
  duplicates: Set<BucketEvent>;
  /** New events without an id at an instant for which another event is stored. */
  taken: Set<BucketEvent>;
  /** The buckets in which duplicates were found that may be missing in their series. */
  unlisted: Place[];
};

/** A bucket in which some of the events were found. */
type Found<Each> = Place & { unlisted?: true; events: Each[] };

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
  const identities = new Set(twins.flatMap((bucket) => bucket.events.map(toIdentity)));
  const dates = new Set(twins.flatMap((bucket) => bucket.events.map(({ date }) => date.getTime())));
  const there = new Set(ids.flatMap((bucket) => bucket.events.map(({ id }) => id)));
  const duplicates = events.filter((event) =>
    event.id === undefined ? identities.has(toIdentity(event)) : there.has(event.id),
  );
  const taken = old.filter(({ date }) => dates.has(date.getTime()));
  const unlisted = [...twins, ...ids].filter((bucket) => bucket.unlisted);
  return {
    duplicates: new Set(duplicates),
    taken: new Set(taken),
    unlisted: unlisted.toSorted((a, b) => a.seq - b.seq),
  };
};

/** Returns the stored events whose instant is exactly that of one of these events, by bucket. */
async function findTwins(
  { buckets }: KnownBuckets,
  key: BucketKey,
  events: BucketEvent[],
): Promise<Found<BucketEvent>[]> {
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
  return await buckets
    .aggregate<Found<BucketEvent>>(
      [{ $match: match }, { $project: { seq: 1, unlisted: 1, events: twins } }],
      MAJORITY,
    )
    .toArray();
}

/** Returns the ids in the key's buckets that may have some of the events' ids. */
async function findIds(
  buckets: KnownBuckets,
  key: BucketKey,
  { seq, count, known }: NewestBucket,
  events: BucketEvent[],
): Promise<Found<{ id?: string }>[]> {
  const ids = events.flatMap(({ id }) => id ?? []);
  if (ids.length === 0) return [];
  // A full bucket counts as an earlier one, since no event is ever added to it.
  const isFull = count >= BUCKET_SIZE;
  const earlier = await findEarlierIds(buckets, key, known, isFull ? seq + 1 : seq, ids);
  if (isFull && earlier.size === 0) return [];
  // What was remembered may be deleted by now; `duplicate` needs an event that is there.
  const where = earlier.size === 0 ? { seq } : { 'events.id': { $in: ids } };
  return await buckets.buckets
    .find<Found<{ id?: string }>>(
      { ...key, ...where },
      { projection: { seq: 1, unlisted: 1, 'events.id': 1 }, ...MAJORITY },
    )
    .toArray();
}
