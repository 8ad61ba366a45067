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
 * Compares the event store with the design that it replaces, alternating between them. Each has its own server, so
 * that neither collects the other's garbage, which is whole days at a time.
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
    // Also warms up the code and the databases for the next measurements.
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
    // One connection per writer: on Lambda, each writer is a process.
    maxPoolSize: 50,
    // Fifty large days at once may keep the server busy for longer than the driver's default timeout.
    connectTimeoutMS: 120_000,
    monitorCommands: true,
  });
