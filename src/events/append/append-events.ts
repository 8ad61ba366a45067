import { setTimeout as sleep } from 'node:timers/promises';
import { EventStoreUnavailable } from '../../database/outage.ts';
import type { BucketEvent, BucketKey } from '../bucket.ts';
import { BUCKET_SIZE } from '../bucket.ts';
import type { NewestBucket } from './find-newest-bucket.ts';
import { findNewestBucket } from './find-newest-bucket.ts';
import type { Stored } from './find-stored.ts';
import { findStored, newestDate } from './find-stored.ts';
import type { KnownBuckets } from './known-buckets.ts';
import { pushEvents, toGuard } from './push-events.ts';

/*
 * How an event is stored once, by any number of processes that share nothing but the database.
 *
 * Invariants, for each key (device, type, UTC day):
 * 1. The unique index allows one bucket for each `seq`. Buckets are numbered from 0 without holes: a
 *    bucket is opened only by a writer that read the one before it as full, or filled it.
 * 2. A full bucket never changes again, since every update requires room for its events. So only the newest
 *    bucket of a key can change, and what was read of the others stays true.
 * 3. `floor` is the newest date of all earlier buckets. It is set when a bucket is opened, when these are
 *    full, and never changes.
 * 4. `count`, `first` and `last` change in the same update as `events`.
 *
 * An update is one document: it applies as a whole or not at all. It does not match, and stores nothing, if
 * - the bucket has no room for all of its events (another writer was faster, or this process remembers an
 *   old one);
 * - the guard does not hold, since the bucket contains one of the events, or another event of its instant;
 * - an event is not newer than `floor`, so that an earlier bucket may contain it;
 * - the bucket does not exist: its device was deleted, which changes the `_id` even if `seq` is there
 *   again;
 * - it is an upsert and another writer opened the bucket first: the unique index refuses the second one.
 *
 * All of these are answered alike: look up what is stored, report the duplicates, try again with the rest.
 *
 * Why the guards are enough, however old the knowledge is that an update was built from:
 * - appendToKnown, no bucket remembered: it targets bucket 0, and before that there are none. The guard
 *   covers bucket 0 itself. If there are later buckets, bucket 0 is full.
 * - appendToKnown, bucket n remembered: `_id` says that it is the bucket whose predecessors this process
 *   knows. `floor` rules out the predecessors for events without an id, the ids read from them for the
 *   others, and the guard rules out bucket n. If there are later buckets, bucket n is full.
 * - fillBuckets: all buckets were looked up. Those before the newest one are full, so the look-up still
 *   holds. An update that fills a bucket takes exactly the room that was read, so it matches only if nobody
 *   wrote there since: afterwards the contents of the full bucket are known, and with them the next
 *   bucket's `floor`. The last update leaves room; its guard rules out that another writer stored one of
 *   its events meanwhile.
 *
 * Limits: a deletion removes a key's buckets one after the other, so beside it the invariants do not hold
 * for that device. Guards compare events of one instant as BSON, in which the order of an object's keys
 * counts.
 */

/** Receives the outcome of each event, as soon as it is known. */
export type Settle = (event: BucketEvent, outcome: 'created' | 'duplicate') => void;

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
  const sorted = toOrdered(events);
  if (sorted.length <= BUCKET_SIZE && (await appendToKnown(known, key, sorted))) {
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
    rest = await lookAndAppend(known, key, rest, settle);
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

/** Tries the bucket that this process takes for the newest one. Returns whether it stored the events. */
async function appendToKnown(
  known: KnownBuckets,
  key: BucketKey,
  events: Events,
): Promise<boolean> {
  const { buckets } = known;
  const newest = known.newest(key);
  if (!newest) {
    const first = { bucket: { ...key, seq: 0 }, whenNew: {} };
    return (await pushEvents(buckets, first, toGuard(events), events)) !== undefined;
  }
  // An id may be sent again with any date, so `floor` says nothing about it.
  const ids = events.flatMap(({ id }) => id ?? []);
  if ((await known.findEarlierIds(key, newest.seq, ids)).size > 0) return false;
  const oldest = events.find(({ id }) => id === undefined);
  const guard = { ...toGuard(events), ...(oldest && { floor: { $lt: oldest.date } }) };
  return (
    (await pushEvents(buckets, { bucket: { ...key, ...newest } }, guard, events)) !== undefined
  );
}

/**
 * Looks all events up, and appends the new ones. Returns those that another writer kept it from appending.
 */
async function lookAndAppend(
  known: KnownBuckets,
  key: BucketKey,
  events: BucketEvent[],
  settle: Settle,
): Promise<BucketEvent[]> {
  known.measure('WriteLookups', 1);
  const newest = await findNewestBucket(known, key);
  const stored: Stored = newest
    ? await findStored(known, key, newest, events)
    : { duplicates: new Set(), taken: new Set() };
  for (const event of stored.duplicates) settle(event, 'duplicate');
  const absent = events.filter((event) => !stored.duplicates.has(event));
  return await fillBuckets(known, key, newest, { events: absent, taken: stored.taken }, settle);
}

/**
 * Appends new events to the newest bucket and, where that fills up, to the next ones. Each update but the
 * last fills its bucket. Returns the events that are left when an update does not match.
 */
async function fillBuckets(
  { buckets, remember, measure }: KnownBuckets,
  key: BucketKey,
  last: NewestBucket | undefined,
  { events, taken }: { events: BucketEvent[]; taken: Set<BucketEvent> },
  settle: Settle,
): Promise<BucketEvent[]> {
  const isFull = last !== undefined && last.count >= BUCKET_SIZE;
  let seq = isFull ? last.seq + 1 : (last?.seq ?? 0);
  let room = last && !isFull ? BUCKET_SIZE - last.count : BUCKET_SIZE;
  let floor = last ? newestDate(last) : undefined;
  let rest = events;
  for (;;) {
    const [first, ...others] = rest.slice(0, room);
    if (!first) return rest;
    const chunk: Events = [first, ...others];
    const whenNew = floor ? { floor } : {};
    const target = { bucket: { ...key, seq }, ...(room === BUCKET_SIZE && { whenNew }) };
    // A whole bucket's events only fit into a new bucket, which contains nothing else.
    const guard = chunk.length === BUCKET_SIZE ? {} : toGuard(rest, taken);
    const pushed = await pushEvents(buckets, target, guard, chunk);
    if (!pushed) return rest;
    if (pushed.opened) {
      remember(key, { seq, _id: pushed.opened });
      measure('BucketsOpened', 1);
    }
    for (const event of chunk) settle(event, 'created');
    rest = rest.slice(room);
    const newestOfChunk = (others.at(-1) ?? first).date;
    floor = floor && floor > newestOfChunk ? floor : newestOfChunk;
    seq += 1;
    room = BUCKET_SIZE;
  }
}
