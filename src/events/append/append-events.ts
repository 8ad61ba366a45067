import { setTimeout as sleep } from 'node:timers/promises';
import { confirmPrimary } from '../../database/majority.ts';
import { EventStoreUnavailable } from '../../database/outage.ts';
import type { BucketEvent, BucketKey } from '../bucket.ts';
import { BUCKET_SIZE, toKeyText } from '../bucket.ts';
import { enlistBuckets } from './enlist-buckets.ts';
import type { Settle } from './fill-buckets.ts';
import { fillBuckets } from './fill-buckets.ts';
import { findNewestBucket } from './find-newest-bucket.ts';
import type { Stored } from './find-stored.ts';
import { findStored } from './find-stored.ts';
import type { KnownBuckets } from './known-buckets.ts';
import { findEarlierIds } from './known-buckets.ts';
import { pushEvents, toGuard } from './push-events.ts';

/*
 * How an event is stored once, by any number of processes that share nothing but the database.
 *
 * Invariants, for each key (device, type, UTC day):
 * 1. The unique index allows one bucket for each `seq`. Buckets are numbered from 0 without holes: a
 *    bucket is opened only by a writer that read the one before it as full, or filled it.
 * 2. No event is ever added to a full bucket, since every update requires room for its events. So only the
 *    newest bucket of a key gets events, and "is not there" stays true of the others.
 * 3. `floor` is the newest date of all earlier buckets. It is set when a bucket is opened, when these are
 *    full, and never changes.
 * 4. `count`, `first` and `last` change in the same update as `events`.
 * 5. A deletion empties buckets where they are: they count as full from then on (EMPTIED) and keep their
 *    `_id`, `seq` and `floor`. So it breaks none of the above, whatever runs beside it and wherever it ends.
 * 6. A bucket is created as `unlisted`. An event in it is acknowledged only after its series was written
 *    (series.ts).
 *
 * An update is one document: it applies as a whole or not at all. It does not match, and stores nothing, if
 * - the bucket has no room for all of its events (another writer was faster, it was emptied, or this process
 *   remembers an old one);
 * - the guard does not hold, since the bucket contains one of the events, or another event of its instant;
 * - an event is not newer than `floor`, so that an earlier bucket may contain it;
 * - the bucket does not exist: a fail-over rolled it back, or its retention ended;
 * - it is an upsert and another writer opened the bucket first: the unique index refuses the second one;
 * - the bucket is unlisted, and this request has not written its series.
 *
 * All of these are answered alike: look up what is stored, report the duplicates, try again with the rest.
 *
 * Why the guards are enough, however old the knowledge is that an update was built from:
 * - appendToKnown, no bucket remembered: it targets bucket 0, and before that there are none. The guard
 *   covers bucket 0 itself. If there are later buckets, bucket 0 is full.
 * - appendToKnown, bucket n remembered: `_id` says that it is the bucket whose predecessors this process
 *   knows: where it survived a rollback, so did they, which are older. `floor` rules out the predecessors
 *   for events without an id, the ids read from them for the others, and the guard rules out bucket n. If
 *   there are later buckets, bucket n is full.
 * - fillBuckets: all buckets were looked up. Those before the newest one are full, so the look-up still
 *   holds. An update that fills a bucket takes exactly the room that was read, so it matches only if nobody
 *   wrote there since: afterwards the contents of the full bucket are known, and with them the next
 *   bucket's `floor`. The last update leaves room. Its guard rules out that another writer stored one of
 *   its events meanwhile: by id, by instant, or, at an instant that another event has, by requiring the
 *   `count` that was read (a filter cannot compare values: the order of an object's keys counts in BSON).
 *
 * An outcome `duplicate` is read with read concern "majority", after a write of the same request that a
 * majority acknowledged (a push that matched nothing is one). So it is never read from a primary that was
 * replaced, or from a write that is rolled back.
 *
 * Limits: a request that was given up and reaches the database after a deletion ended stores its event
 * then, once. A `duplicate` that was read before the deletion may be reported after it. On the day that its
 * retention removes, an event may be there twice for a minute.
 */

type Events = [BucketEvent, ...BucketEvent[]];

// The last try begins within this time; the rest of outage.ts's deadline is for the try itself.
const LAST_TRY_MS = 5_000;
const MAX_TRIES = 50;

/**
 * Stores events of one key that are not stored yet. In the common case this takes one round trip.
 * @param events all different, in any order
 * @param settle is called for each event as soon as its outcome is known; after an error, others may be stored
 * @throws EventStoreUnavailable if other writers were faster for 5 s or 50 tries; the driver's errors
 */
export const appendEvents = async (
  known: KnownBuckets,
  key: BucketKey,
  events: Events,
  settle: Settle,
): Promise<void> => {
  const text = toKeyText(key);
  await known.enlisting.get(text)?.ended;
  const sorted = toOrdered(events);
  const attempt = () => appendToKnown(known, key, sorted);
  let first = sorted.length <= BUCKET_SIZE ? await attempt() : 'untried';
  const opening = known.enlisting.get(text);
  if (first === 'refused' && opening) {
    // Another request of this process has just opened the bucket, which takes events after that.
    await opening.ended;
    first = await attempt();
  }
  if (first === 'stored') {
    for (const event of sorted) settle(event, 'created');
    return;
  }
  let rest: BucketEvent[] = sorted;
  const end = performance.now() + LAST_TRY_MS;
  for (let tries = 0; tries < MAX_TRIES && performance.now() < end; tries += 1) {
    if (tries > 0) {
      known.measure('WriteRetries', 1);
      await sleep(Math.random() * Math.min(50, 2 ** tries));
    }
    // A write that this request has sent, even if it matched nothing.
    const hasWritten = first === 'refused' || tries > 0;
    rest = await lookAndAppend(known, key, { events: rest, hasWritten }, settle);
    if (rest.length === 0) return;
  }
  throw new EventStoreUnavailable(
    'The database is slow, or there are too many writers for one device and event type',
  );
};

const toOrdered = (events: Events): Events =>
  events.length === 1
    ? events
    : (events.toSorted((a, b) => a.date.getTime() - b.date.getTime()) as Events);

/**
 * Tries the bucket that this process takes for the newest one. It is not tried if an earlier bucket may have
 * one of the ids.
 */
async function appendToKnown(
  known: KnownBuckets,
  key: BucketKey,
  events: Events,
): Promise<'stored' | 'refused' | 'untried'> {
  const { buckets } = known;
  const newest = known.newest(key);
  const guard = { count: { $lte: BUCKET_SIZE - events.length }, ...toGuard(events) };
  if (!newest) {
    const target = { bucket: { ...key, seq: 0 }, whenNew: {} };
    const pushed = await pushEvents(buckets, target, guard, events);
    if (pushed?.opened) await enlistBuckets(known, key, [{ seq: 0, _id: pushed.opened }]);
    return pushed ? 'stored' : 'refused';
  }
  // An id may be sent again with any date, so `floor` says nothing about it.
  const ids = events.flatMap(({ id }) => id ?? []);
  if ((await findEarlierIds(known, key, newest, newest.seq, ids)).size > 0) return 'untried';
  const oldest = events.find(({ id }) => id === undefined);
  const { seq, _id } = newest;
  const target = { bucket: { ...key, seq, _id } };
  const isNew = oldest && { floor: { $lt: oldest.date } };
  return (await pushEvents(buckets, target, { ...guard, ...isNew }, events)) ? 'stored' : 'refused';
}

/**
 * Looks all events up, and appends the new ones. Returns those that another writer kept it from appending.
 */
async function lookAndAppend(
  known: KnownBuckets,
  key: BucketKey,
  { events, hasWritten }: { events: BucketEvent[]; hasWritten: boolean },
  settle: Settle,
): Promise<BucketEvent[]> {
  known.measure('WriteLookups', 1);
  const newest = await findNewestBucket(known, key);
  if (newest?.unlisted) await enlistBuckets(known, key, [newest]);
  const stored: Stored = newest
    ? await findStored(known, key, newest, events)
    : { duplicates: new Set(), taken: new Set(), unlisted: [] };
  if (stored.duplicates.size > 0 && !hasWritten) {
    // They must be read again after a write.
    await confirmPrimary(known.buckets, { ...key, seq: -1 });
    return await lookAndAppend(known, key, { events, hasWritten: true }, settle);
  }
  await enlistBuckets(known, key, stored.unlisted);
  for (const event of stored.duplicates) settle(event, 'duplicate');
  const absent = events.filter((event) => !stored.duplicates.has(event));
  return await fillBuckets(known, key, newest, { events: absent, taken: stored.taken }, settle);
}
