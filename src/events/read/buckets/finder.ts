import type { Filter, Sort } from 'mongodb';
import { BSON } from 'mongodb';
import type { Bucket } from '../../bucket.ts';
import { BUCKET_SIZE, FIRST_INDEX, isThere } from '../../bucket.ts';
import type { EventRange } from '../event-range.ts';
import type { Reading } from '../reading.ts';
import type { BucketPart } from './bucket-run.ts';

/** Which buckets to find. */
export type BucketQuery = {
  filter: Filter<Bucket>;
  sort: Sort;
  /** Without it, all. */
  limit?: number;
  /** Whether to use the index on `first`, instead of the unique one. */
  byFirst?: boolean;
};

/** Finds buckets, and decides how many the next query may ask for. */
export type Finder = {
  find(query: BucketQuery): Promise<BucketPart[]>;
  /** How many buckets to read next. */
  size(): number;
  /** Whether a bucket is so large that one must not be read without need. */
  isHeavy(): boolean;
};

const STATE = { date: 1, seq: 1, count: 1, edits: 1, first: 1, last: 1, floor: 1 } as const;
const WHOLE = { ...STATE, events: 1 } as const;

// A function's largest reply of the largest events needs that many.
const FIRST_BUCKETS = 3;
const MAX_BUCKETS = 100;
// What a query should return. A bucket has 20 bytes of BSON or more for each event; the largest have 3.3 MB.
const QUERY_BYTES = 1_048_576;
const HEAVY_BYTES = QUERY_BYTES / 8;

/**
 * Reads whole buckets: some at first, then as many as a page of `limit` events is likely to need. What it has read
 * tells how large they are.
 */
export const createFinder = (
  { buckets, bounds, hold }: Reading,
  { limit, order }: EventRange,
): Finder => {
  // Oldest first, the events of the last bucket wait for the next one.
  const more = order === 'asc' ? 2 : 1;
  let events = 0;
  let found = 0;
  let bytes = 0;
  return {
    async find({ filter, sort, limit: most, byFirst }) {
      const documents = await buckets
        .find<Uint8Array>(filter, {
          ...bounds,
          sort,
          projection: WHOLE,
          // Tells the size of each.
          raw: true,
          ...(most !== undefined && { limit: most }),
          ...(byFirst && { hint: FIRST_INDEX }),
        })
        .toArray();
      const total = documents.reduce((sum, { byteLength }) => sum + byteLength, 0);
      hold('query', total);
      found += documents.length;
      bytes += total;
      const parts = documents.map(
        (document) => ({ ...BSON.deserialize(document), bytes: document.byteLength }) as BucketPart,
      );
      for (const part of parts) events += part.events.filter(isThere).length;
      return parts;
    },
    size() {
      if (found === 0) {
        return Math.min(Math.ceil(limit / BUCKET_SIZE) + 1, FIRST_BUCKETS);
      }
      const most = Math.min(Math.floor((QUERY_BYTES * found) / bytes), MAX_BUCKETS);
      const missing = Math.max(limit - events, 1);
      const wanted = Math.ceil((missing * found) / Math.max(events, 1)) + more;
      // A reader that goes on far beyond the limit is no page: it sums events up.
      const isPage = events < limit + FIRST_BUCKETS * BUCKET_SIZE;
      return Math.max(1, isPage ? Math.min(wanted, most) : most);
    },
    isHeavy: () => bytes > found * HEAVY_BYTES,
  };
};

/** Reads `number` buckets' states at once, without their events. */
export const createStateFinder = ({ buckets, bounds }: Reading, number: number): Finder => ({
  async find({ filter, sort, limit, byFirst }) {
    const states = await buckets
      .find<BucketPart>(filter, {
        ...bounds,
        sort,
        projection: STATE,
        ...(limit !== undefined && { limit }),
        ...(byFirst && { hint: FIRST_INDEX }),
      })
      .toArray();
    return states.map((state) => ({ ...state, events: [], bytes: 0 }));
  },
  size: () => number,
  isHeavy: () => false,
});
