import type { MongoClient } from 'mongodb';
import { collectionOf } from './database.ts';

/** Makes the database what the event store relies on. Safe to run again, and beside another run. */
export const migrate = async (client: MongoClient): Promise<void> => {
  await collectionOf(client).createIndex(
    { deviceID: 1, eventType: 1, date: 1, seq: 1 },
    { unique: true, name: 'bucket' },
  );
};
