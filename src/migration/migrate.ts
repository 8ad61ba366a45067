import { isDeepStrictEqual } from 'node:util';
import type { Collection, Document } from 'mongodb';
import { MongoClient } from 'mongodb';
import { toWriteConcern } from '../database/connect.ts';
import { errorCodes, hasCode } from '../database/error-codes.ts';
import type { Bucket } from '../events/bucket.ts';
import { BUCKET_INDEX, collectionOf, FIRST_INDEX } from '../events/bucket.ts';
import { SERIES_INDEX, seriesOf } from '../events/series.ts';
import { bucketSchema } from './bucket-schema.ts';
import { changeCollection } from './change-collection.ts';
import { seriesSchema } from './series-schema.ts';
import type { RetentionOptions } from './set-retention.ts';
import { followRetention, setRetention } from './set-retention.ts';

/** What a migration did, in words, for the log of the deployment. */
export type MigrationSummary = { index: string; retention: string; validator: string };

/**
 * Creates the indexes and the validators that the event store relies on. It is safe to run again, and beside
 * another run.
 * @throws an error that says what to do, if buckets are duplicated or a retention would delete events
 */
export const migrate = async (
  client: MongoClient,
  options: RetentionOptions = {},
): Promise<MigrationSummary> => {
  const buckets = collectionOf(client);
  const series = seriesOf(buckets);
  const keys = { deviceID: 1, eventType: 1 } as const;
  // Before the index of the buckets, which readiness looks for.
  await series.createIndex(keys, { unique: true, name: SERIES_INDEX });
  await setValidator(series, seriesSchema);
  const summary = {
    index: `${await createUniqueIndex(buckets)}, ${await createFirstIndex(buckets)}`,
    retention: await setRetention(buckets, options),
    validator: await setValidator(buckets, bucketSchema),
  };
  await followRetention(buckets, series);
  return summary;
};

/**
 * A client without time-outs for its commands, since building an index may take longer than a request may.
 */
export const connectToMigrate = (uri: string): MongoClient =>
  new MongoClient(uri, {
    appName: 'iot-events-api-migration',
    maxPoolSize: 1,
    connectTimeoutMS: 5_000,
    ...toWriteConcern(uri),
  });

/** Creates the index, and the collection if there is none. */
async function createUniqueIndex(buckets: Collection<Bucket>): Promise<string> {
  try {
    const index = { deviceID: 1, eventType: 1, date: 1, seq: 1 } as const;
    return await buckets.createIndex(index, { unique: true, name: BUCKET_INDEX });
  } catch (cause) {
    if (!hasCode(cause, errorCodes.duplicateKey)) throw cause;
    throw new Error(await describeDuplicates(buckets), { cause });
  }
}

const createFirstIndex = (buckets: Collection<Bucket>): Promise<string> =>
  buckets.createIndex({ deviceID: 1, eventType: 1, first: 1, seq: 1 }, { name: FIRST_INDEX });

async function describeDuplicates(buckets: Collection<Bucket>): Promise<string> {
  const _id = { deviceID: '$deviceID', eventType: '$eventType', date: '$date', seq: '$seq' };
  const [found] = await buckets
    .aggregate<{ keys: number; first: unknown }>(
      [
        { $group: { _id, buckets: { $sum: 1 } } },
        { $match: { buckets: { $gt: 1 } } },
        { $sort: { _id: 1 } },
        { $group: { _id: null, keys: { $sum: 1 }, first: { $first: '$_id' } } },
      ],
      { allowDiskUse: true },
    )
    .toArray();
  return (
    `The unique index cannot be created: ${found?.keys} keys have more than one bucket, ` +
    `the first is ${JSON.stringify(found?.first)}; merge or remove these buckets, then deploy again`
  );
}

async function setValidator<T extends Document>(
  collection: Collection<T>,
  schema: object,
): Promise<string> {
  const validator = { $jsonSchema: schema };
  // Moderate: an older document that does not match can still be updated.
  const wanted = { validator, validationLevel: 'moderate', validationAction: 'error' };
  const present = await collection.options();
  const isPresent = Object.entries(wanted).every(([name, value]) =>
    isDeepStrictEqual(present[name as keyof typeof present], value),
  );
  if (isPresent) return 'as before';
  return (await changeCollection(collection, wanted)) ? 'set' : 'not supported by this server';
}
