import { setTimeout as sleep } from 'node:timers/promises';
import { EventStoreUnavailable } from '../../database/outage.ts';
import type { BucketEvent, BucketKey } from '../bucket.ts';
import { BUCKET_SIZE } from '../bucket.ts';
import type { BucketStore } from './bucket-store.ts';
import type { Newest } from './find-newest.ts';
import { findNewest } from './find-newest.ts';
import type { Stored } from './find-stored.ts';
import { findStored, newestDate } from './find-stored.ts';
import { pushEvents, toGuard } from './push-events.ts';

/** Told what became of each event, as soon as that is known. */
export type Settle = (event: BucketEvent, outcome: 'created' | 'duplicate') => void;

type Events = [BucketEvent, ...BucketEvent[]];

// The rest of the time that outage.ts gives is for the last try itself.
const LAST_TRY_MS = 5_000;
const MAX_TRIES = 50;

/**
 * Appends events of one key, all different, unless they are stored already: one round trip in the common
 * case. The guards in the filters, not the look-ups, keep it right under concurrent writers.
 */
export const appendEvents = async (
  store: BucketStore,
  key: BucketKey,
  events: Events,
  settle: Settle,
): Promise<void> => {
  const sorted = toOrdered(events);
  if (sorted.length <= BUCKET_SIZE && (await appendToKnown(store, key, sorted))) {
    for (const event of sorted) settle(event, 'created');
    return;
  }
  let rest: BucketEvent[] = sorted;
  const end = performance.now() + LAST_TRY_MS;
  for (let tries = 0; tries < MAX_TRIES && performance.now() < end; tries += 1) {
    if (tries > 0) {
      store.measure('WriteRetries', 1);
      await sleep(Math.random() * Math.min(50, 2 ** tries));
    }
    rest = await lookAndAppend(store, key, rest, settle);
    if (rest.length === 0) return;
  }
  throw new EventStoreUnavailable(
    'The database is slow, or too many write to one device and event type',
  );
};

const toOrdered = (events: Events): Events =>
  events.length === 1
    ? events
    : (events.toSorted((a, b) => a.date.getTime() - b.date.getTime()) as Events);

/**
 * Only what cannot be in an earlier bucket goes this way: what is newer than all of them and, as an id may
 * come again with any date, what has no id of theirs. Those ids this process reads once for each bucket.
 */
async function appendToKnown(
  { buckets, newest, earlierIds }: BucketStore,
  key: BucketKey,
  events: Events,
): Promise<boolean> {
  const known = newest.get(key);
  if (!known) {
    const first = { bucket: { ...key, seq: 0 }, whenNew: {} };
    return (await pushEvents(buckets, first, toGuard(events), events)) !== undefined;
  }
  const ids = events.flatMap(({ id }) => id ?? []);
  if ((await earlierIds.find(key, known.seq, ids)).size > 0) return false;
  const oldest = events.find(({ id }) => id === undefined);
  const guard = { ...toGuard(events), ...(oldest && { floor: { $lt: oldest.date } }) };
  return (await pushEvents(buckets, { bucket: { ...key, ...known } }, guard, events)) !== undefined;
}

/** Returns what it could not append since another writer was faster: look again. */
async function lookAndAppend(
  store: BucketStore,
  key: BucketKey,
  events: BucketEvent[],
  settle: Settle,
): Promise<BucketEvent[]> {
  store.measure('WriteLookups', 1);
  const newest = await findNewest(store, key);
  const stored: Stored = newest
    ? await findStored(store, key, newest, events)
    : { duplicates: new Set(), taken: new Set() };
  for (const event of stored.duplicates) settle(event, 'duplicate');
  const absent = events.filter((event) => !stored.duplicates.has(event));
  return await fillBuckets(store, key, newest, { events: absent, taken: stored.taken }, settle);
}

/**
 * Each update is guarded by all events that are still to come, and fills its bucket unless it is the last:
 * it succeeds only if nobody else wrote there meanwhile, so a bucket that it leaves has none of the others,
 * for ever, and the next one's floor is known.
 */
async function fillBuckets(
  { buckets, newest, measure }: BucketStore,
  key: BucketKey,
  last: Newest | undefined,
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
    // With room for a whole bucket's events it is empty, and holds none afterwards but these.
    const guard = chunk.length === BUCKET_SIZE ? {} : toGuard(rest, taken);
    const pushed = await pushEvents(buckets, target, guard, chunk);
    if (!pushed) return rest;
    if (pushed.opened) {
      newest.set(key, { seq, _id: pushed.opened });
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
