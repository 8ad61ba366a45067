import { MongoClient } from 'mongodb';
import { collectionOf } from '../../src/database.ts';
import { withDatabase } from '../harness/database.ts';
import type { Section } from '../report/section.ts';
import { countBytes } from './count-bytes.ts';
import { createBuckets } from './create-buckets.ts';
import { createUnbounded } from './create-unbounded.ts';
import { describeStore } from './describe-store.ts';
import { measureBatches } from './measure-batches.ts';
import { measurePosts } from './measure-posts.ts';
import { measureReads } from './measure-reads.ts';

/** Holds the event store against the design that it replaces, on one server, by turns. */
export const measureStore = (): Promise<Section> =>
  withDatabase(async ({ uri, engine }) => {
    const client = new MongoClient(uri, {
      // As many connections as writers; on Lambda, each has a process of its own.
      maxPoolSize: 50,
      // Fifty large days at once may keep the server busy for longer than the driver has patience.
      connectTimeoutMS: 120_000,
      monitorCommands: true,
    });
    try {
      const buckets = collectionOf(client);
      const designs = [
        createBuckets(buckets),
        await createUnbounded(buckets.db.collection('days')),
      ];
      // Also warms up the code and the database's for what follows.
      const batches = await measureBatches(designs);
      const posts = await measurePosts(designs);
      const reads = await measureReads(designs);
      const bytes = await countBytes(client, designs);
      return describeStore({ posts, reads, batches, bytes }, engine);
    } finally {
      await client.close();
    }
  });
