import { MongoClient } from 'mongodb';
import { collectionOf } from '../../src/events/bucket.ts';
import type { BenchDatabase } from '../harness/with-database.ts';
import { withDatabase } from '../harness/with-database.ts';
import type { Section } from '../report/section.ts';
import { createBuckets } from './buckets.ts';
import { countBytes } from './count-bytes.ts';
import { describeStore } from './describe-store.ts';
import { measureBatches } from './measure-batches.ts';
import { measurePosts } from './measure-posts.ts';
import { measureReads } from './measure-reads.ts';
import { createUnbounded } from './unbounded.ts';

/**
 * Holds the event store against the design that it replaces, by turns. Each has a server of its own: what one
 * throws away, whole days at a time, the other's does not have to collect.
 */
export const measureStore = (): Promise<Section> =>
  withDatabase((ours) => withDatabase((theirs) => measure(ours, theirs)));

async function measure(ours: BenchDatabase, theirs: BenchDatabase): Promise<Section> {
  const [client, other] = [createClient(ours.uri), createClient(theirs.uri)];
  try {
    const designs = [
      createBuckets(collectionOf(client)),
      await createUnbounded(collectionOf(other).db.collection('days')),
    ];
    // Also warms up the code and the databases for what follows.
    const batches = await measureBatches(designs);
    const posts = await measurePosts(designs);
    const reads = await measureReads(designs);
    const bytes = await countBytes([client, other], designs);
    return describeStore({ posts, reads, batches, bytes }, ours.engine);
  } finally {
    await client.close();
    await other.close();
  }
}

const createClient = (uri: string): MongoClient =>
  new MongoClient(uri, {
    // As many connections as writers; on Lambda, each has a process of its own.
    maxPoolSize: 50,
    // Fifty large days at once may keep the server busy for longer than the driver has patience.
    connectTimeoutMS: 120_000,
    monitorCommands: true,
  });
