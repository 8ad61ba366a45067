import type { Collection, MongoClient } from 'mongodb';
import type { components } from '../../generated/openapi.ts';
import { databaseNames } from '../names/database-names.ts';
import { toDeviceKey } from '../names/device-key.ts';
import type { StoredReadings } from './statistics/readings.ts';
import type { StoredValue } from './stored-value.ts';
import { toStoredValue } from './stored-value.ts';
import { toDay } from './to-day.ts';
import { toInstant } from './to-instant.ts';

/** An event to store: the service has given it a date if it came without one. */
export type DatedEvent = components['schemas']['NewEvent'] & { date: string };

/** How many events a bucket holds; docs/architecture.md, "Data schema", says why. */
export const BUCKET_SIZE = 200;

/**
 * The `count` of a bucket whose events were deleted: no update finds room in it, and the next event opens the
 * next bucket. It has no events, and its dates match no range.
 */
export const EMPTIED = BUCKET_SIZE + 1;

/** The name of the unique index on device, type, day and `seq`. Without it an event could be stored twice. */
export const BUCKET_INDEX = 'bucket';

/**
 * The name of the index on device, type, `first` and `seq`, by which reads find the place of an instant. An event that is
 * not late changes nothing in it.
 */
export const FIRST_INDEX = 'first';

/** A bucket's device, type and UTC day (its first instant). */
export type BucketKey = { deviceID: string; eventType: string; date: Date };

/** An element of a bucket; `at` is when the service received it, in seconds since RECEIPT_EPOCH. */
export type BucketEvent = { date: Date; id?: string; at: number } & StoredValue;

/** The place of a deleted event in a bucket. It never gets another event, so that positions stay true. */
export type EmptyPlace = { [Name in keyof BucketEvent | 'value' | 'json']?: never };

export const isThere = (place: BucketEvent | EmptyPlace): place is BucketEvent =>
  place.date !== undefined;

/** 32 bits of seconds from here last until 2088. */
export const RECEIPT_EPOCH = Date.parse('2020-01-01T00:00:00Z');

/** A document of the collection; `seq` numbers the buckets of a key from 0. */
export type Bucket = BucketKey & {
  seq: number;
  /** The number of places for events; EMPTIED if all events were deleted. */
  count: number;
  /** The oldest and the newest date of the events that came into this bucket; in an emptied one, the other way round. */
  first: Date;
  last: Date;
  /** The newest date of the events in all earlier buckets of the key; absent in bucket 0. */
  floor?: Date;
  /** In the order of arrival. */
  events: (BucketEvent | EmptyPlace)[];
  /** The bucket may be missing in its series; series.ts says what follows. */
  unlisted?: true;
  /** How often some of its events were deleted. */
  edits?: number;
  /** What the numeric events of a full bucket come to; statistics/write-statistics.ts says when it is there. */
  stats?: StoredReadings[];
};

/** When the service received an event, to the second. */
export const toReceivedAt = ({ at }: Pick<BucketEvent, 'at'>): Date =>
  new Date(RECEIPT_EPOCH + at * 1_000);

/** `first` of an emptied bucket, which is later than any event's date. */
export const LATEST_DATE = new Date(8.64e15);

/** No event in a bucket and in all earlier ones of its key is newer; the newest one may be deleted. */
export const newestDate = ({ last, floor }: Pick<Bucket, 'last' | 'floor'>): Date =>
  floor && floor > last ? floor : last;

/** The key of the buckets that an event belongs to, and the element to store there. */
export const toElement = (event: DatedEvent): { key: BucketKey; element: BucketEvent } => {
  const date = toInstant(event.date) ?? new Date(Number.NaN);
  const { id, value = null } = event;
  const key = {
    deviceID: toDeviceKey(event.deviceID),
    eventType: event.eventType,
    date: toDay(date),
  };
  const at = Math.floor((Date.now() - RECEIPT_EPOCH) / 1_000);
  const stored = { date, at, ...toStoredValue(value) };
  return { key, element: id === undefined ? stored : { ...stored, id } };
};

const DAY_MS = 86_400_000;

/** A bucket key as text, to use as the key of a Map. */
export const toKeyText = ({ deviceID, date, eventType }: BucketKey): string =>
  `${deviceID} ${date.getTime() / DAY_MS} ${eventType}`;

export const collectionOf = (client: MongoClient): Collection<Bucket> =>
  client.db().collection<Bucket>(databaseNames.eventsCollection);
