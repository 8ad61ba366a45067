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

/** What the store's figures say. */
export const describeStore = (results: Results, engine: string): Section => {
  const [posts, reads, batches] = [
    describePosts(results.posts),
    describeReads(results.reads),
    describeBatches(results.batches),
  ];
  return {
    title: 'Event store, against one document a day',
    notes: [
      `By turns in one run, each on a server of its own, so that none tidies up after the other: ${engine}; on a real mongod the ratios will differ.`,
      'One device, one event type: the case in which all events of a day go into the same place.',
    ],
    tables: [...posts.tables, ...reads.tables, ...batches.tables, toBytesTable(results.bytes)],
    charts: [...posts.charts, ...batches.charts],
    targets: [...posts.targets, ...reads.targets, ...batches.targets],
  };
};

const toBytesTable = (bytes: BytesResult[]): Table => ({
  title:
    'Bytes written for one event: BSON of the update commands as the driver sends them, and of what the oplog gets (the new element, or, with `$position`, the whole array)',
  columns: ['events in the day', 'design', 'sent', 'logged', 'together'],
  rows: bytes.map(({ design, size, sent, logged }) => [
    size.toLocaleString('en'),
    design.title,
    ...[sent, logged, sent + logged].map(toText),
  ]),
});
