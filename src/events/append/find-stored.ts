import type { Bucket, BucketEvent, BucketKey } from '../bucket.ts';
import { BUCKET_SIZE } from '../bucket.ts';
import { toIdentity } from '../identity.ts';
import type { BucketStore } from './bucket-store.ts';
import type { Newest } from './find-newest.ts';

/** What the key's buckets have of some events. */
export type Stored = {
  duplicates: Set<BucketEvent>;
  /** New events without an id, whose instant another event has. */
  taken: Set<BucketEvent>;
};

export const newestDate = ({ last, floor }: Newest): Date => (floor && floor > last ? floor : last);

/** Looks in all buckets of the key; an event newer than them all is in none, unless its id is. */
export const findStored = async (
  store: BucketStore,
  key: BucketKey,
  newest: Newest,
  events: BucketEvent[],
): Promise<Stored> => {
  const old = events.filter(({ id, date }) => id === undefined && date <= newestDate(newest));
  const twins = await findTwins(store, key, old);
  const ids = await findIds(store, key, newest, events);
  const identities = new Set(twins.map(toIdentity));
  const dates = new Set(twins.map(({ date }) => date.getTime()));
  const duplicates = events.filter((event) =>
    event.id === undefined ? identities.has(toIdentity(event)) : ids.has(event.id),
  );
  const taken = old.filter(({ date }) => dates.has(date.getTime()));
  return { duplicates: new Set(duplicates), taken: new Set(taken) };
};

/** The stored events that have one of these very instants. */
async function findTwins(
  { buckets }: BucketStore,
  key: BucketKey,
  events: BucketEvent[],
): Promise<BucketEvent[]> {
  const dates = events.map(({ date }) => date);
  const [oldest, newest] = [dates[0], dates.at(-1)];
  if (!oldest || !newest) return [];
  const found = await buckets
    .aggregate<Pick<Bucket, 'events'>>([
      {
        $match: {
          ...key,
          first: { $lte: newest },
          last: { $gte: oldest },
          'events.date': { $in: dates },
        },
      },
      {
        $project: {
          _id: 0,
          events: {
            $filter: { input: '$events', as: 'event', cond: { $in: ['$$event.date', dates] } },
          },
        },
      },
    ])
    .toArray();
  return found.flatMap(({ events }) => events);
}

async function findIds(
  { buckets, earlierIds }: BucketStore,
  key: BucketKey,
  { seq, count }: Newest,
  events: BucketEvent[],
): Promise<Set<string>> {
  const ids = events.flatMap(({ id }) => id ?? []);
  if (ids.length === 0) return new Set();
  // A full bucket counts as earlier: it stays as it is.
  if (count >= BUCKET_SIZE) return await earlierIds.find(key, seq + 1, ids);
  const projection = { _id: 0, 'events.id': 1 };
  const newest = await buckets.findOne({ ...key, seq }, { projection });
  const own = newest?.events.flatMap(({ id }) => id ?? []) ?? [];
  return new Set([...(await earlierIds.find(key, seq, ids)), ...own]);
}
