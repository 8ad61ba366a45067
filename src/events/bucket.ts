import type { Collection, MongoClient } from 'mongodb';
import type { components } from '../../generated/openapi.ts';
import { databaseOf } from '../database/connect.ts';
import { databaseNames } from '../names/database-names.ts';
import { toDeviceKey } from '../names/device-key.ts';
import type { StoredValue } from './stored-value.ts';
import { toStoredValue } from './stored-value.ts';

type NewEvent = components['schemas']['NewEvent'];

/** A full bucket never changes again; see docs/architecture.md, "Data schema". */
export const BUCKET_SIZE = 200;

/** The unique index of device, type, day and `seq`, without which an event could be stored twice. */
export const BUCKET_INDEX = 'bucket';

/** What buckets are kept apart by: device, type and UTC day. */
export type BucketKey = { deviceID: string; eventType: string; date: Date };

export type BucketEvent = { date: Date; id?: string } & StoredValue;

/** One document of the collection; `seq` counts the buckets of a key from 0. */
export type Bucket = BucketKey & {
  seq: number;
  count: number;
  /** The oldest and the newest event date in this bucket. */
  first: Date;
  last: Date;
  /** The newest event date in all earlier buckets of the key; bucket 0 has none. */
  floor?: Date;
  events: BucketEvent[];
};

/** Where an event is stored, and as what. One device, whatever the case of its UUID, has one key. */
export const toElement = (event: NewEvent): { key: BucketKey; element: BucketEvent } => {
  const date = new Date(event.date);
  const { id, value = null } = event;
  const key = {
    deviceID: toDeviceKey(event.deviceID),
    eventType: event.eventType,
    date: toDay(date),
  };
  const stored = { date, ...toStoredValue(value) };
  return { key, element: id === undefined ? stored : { ...stored, id: toStoredId(id) } };
};

/** Nobody reads an id back. One such as `$x` mongo-java-server's `$filter` would take for an expression. */
const toStoredId = (id: string): string => (/^[$\\]/.test(id) ? `\\${id}` : id);

const DAY_MS = 86_400_000;

/** A key as text, for what a process remembers of it. */
export const toKeyText = ({ deviceID, date, eventType }: BucketKey): string =>
  `${deviceID} ${date.getTime() / DAY_MS} ${eventType}`;

/** The start of the instant's UTC day. */
export const toDay = (instant: Date): Date =>
  new Date(Math.floor(instant.getTime() / DAY_MS) * DAY_MS);

export const collectionOf = (client: MongoClient): Collection<Bucket> =>
  databaseOf(client).collection<Bucket>(databaseNames.eventsCollection);
