import type { Collection, ObjectId } from 'mongodb';
import { databaseNames } from '../names/database-names.ts';
import type { Bucket, BucketKey } from './bucket.ts';

/*
 * What is known of each device and event type without looking at its buckets.
 *
 * A series may name what is gone, and never misses what is there: for each acknowledged event that is
 * stored, its series exists, is not `emptied`, and has neither a later `firstDay` nor an earlier `newest`.
 * - A bucket is created as `unlisted`. Whoever created it writes the series (append/enlist-bucket.ts) before
 *   it acknowledges an event, and removes that mark afterwards.
 * - Whoever meets an unlisted bucket, as the newest one or with an event that it would call a duplicate,
 *   writes the series first: the creator may have died.
 * - A deletion marks the series before it lists buckets, and says `emptied` only of those that still have
 *   its own mark: writing a series removes the mark. So a bucket that the list lacks keeps its series alive.
 */

/** A document of the collection `series`: one for each device and event type. */
export type Series = {
  deviceID: string;
  eventType: string;
  /** The oldest day for which a bucket was opened. */
  firstDay?: Date;
  /** The newest bucket: the last one of the newest day. Its fields are compared in this order. */
  newest?: NewestPlace;
  /** When a bucket was opened last. */
  lastOpenedAt: Date;
  /** Names the deletion that began last, until it ends or another bucket is opened. */
  emptying?: string;
  /** When the device was deleted last; open streams end by it. */
  deletedAt?: Date;
  /** Ranges of its events were deleted: the dates of its buckets may be those of events that are gone. */
  edited?: true;
  /** All events were deleted once: `floor` of its buckets may be the date of one that is gone. */
  erased?: true;
  /** All events were deleted, and none was stored since. */
  emptied?: true;
};

/** Where a key's newest bucket is. */
export type NewestPlace = Pick<BucketKey, 'date'> & { seq: number; _id: ObjectId };

/** The name of the unique index on device and event type. */
export const SERIES_INDEX = 'series';

/** The series of the buckets in the same database. */
export const seriesOf = ({ db }: Collection<Bucket>): Collection<Series> =>
  db.collection<Series>(databaseNames.seriesCollection);
