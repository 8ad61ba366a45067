import type { Section, Table } from '../report/section.ts';
import { toText } from '../report/statistics.ts';
import type { BytesResult } from './count-bytes.ts';
import { describeBatches } from './describe-batches.ts';
import { describePosts } from './describe-posts.ts';
import { describeReads } from './describe-reads.ts';
import type { BatchResult } from './measure-batches.ts';
import type { PostResult } from './measure-posts.ts';
import type { ReadResult } from './measure-reads.ts';

type Results = {
  posts: PostResult[];
  reads: ReadResult[];
  batches: BatchResult[];
  bytes: BytesResult[];
};

/** Describes the store's figures. */
export const describeStore = (results: Results, engine: string): Section => {
  const [posts, reads, batches] = [
    describePosts(results.posts),
    describeReads(results.reads),
    describeBatches(results.batches),
  ];
  return {
    title: 'Event store, compared with one document per day',
    notes: [
      `Both designs alternate in one run, each on its own server, so that neither collects the other’s garbage: ${engine}. On a real mongod the ratios will differ.`,
      'One device and one event type: all events of a day go into the same document or bucket.',
    ],
    tables: [...posts.tables, ...reads.tables, ...batches.tables, toBytesTable(results.bytes)],
    charts: [...posts.charts, ...batches.charts],
    targets: [...posts.targets, ...reads.targets, ...batches.targets],
  };
};

const toBytesTable = (bytes: BytesResult[]): Table => ({
  title:
    'Bytes written for one event: BSON of the update commands that the driver sends, and of the oplog entry (the new element, or the whole array with `$position`)',
  columns: ['events in the day', 'design', 'sent', 'logged', 'together'],
  rows: bytes.map(({ design, size, sent, logged }) => [
    size.toLocaleString('en'),
    design.title,
    ...[sent, logged, sent + logged].map(toText),
  ]),
});
