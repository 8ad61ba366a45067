import type { Collection, Filter } from 'mongodb';
import type { Bucket } from '../../src/events/bucket.ts';
import { BUCKET_SIZE } from '../../src/events/bucket.ts';
import { toKey, toMiddle } from './fill-day.ts';
import type { Reader, ReadKind } from './reader.ts';

/**
 * Creates the reader that nothing can beat with these documents: it knows which buckets have the events, asks for
 * those alone, in one query by the unique index, and believes that no event came late.
 */
export const createFloor = (buckets: Collection<Bucket>): Reader => {
  const find = async (filter: Filter<Bucket>, most: number) => {
    const projection = { _id: 0, events: 1 };
    const found = await buckets.find(filter, { projection }).toArray();
    return found.flatMap(({ events }) => events.map(toEvent)).slice(0, most).length;
  };
  const toSeqs = (kind: ReadKind, size: number): number[] | undefined => {
    const newest = Math.ceil(size / BUCKET_SIZE) - 1;
    const middle = Math.floor(toMiddle(size) / BUCKET_SIZE);
    const five = [0, 1, 2, 3, 4];
    if (kind === 'newest 10' || kind === 'latest') return [newest];
    if (kind === 'oldest 10') return [0];
    if (kind.startsWith('middle')) return [/since|oldest/.test(kind) ? middle : middle - 1];
    if (kind === 'newest 1,000') return five.map((nth) => newest - nth);
    return kind === 'oldest 1,000' ? five : undefined;
  };
  return {
    name: 'floor',
    title: 'floor: one query, by hand',
    async read(kind, size) {
      const seqs = toSeqs(kind, size);
      if (!seqs) return undefined;
      const most = kind === 'latest' ? 1 : kind.endsWith('1,000') ? 1_000 : 10;
      const [only] = seqs;
      const seq = seqs.length === 1 && only !== undefined ? only : { $in: seqs };
      return await find({ ...toKey(size), seq }, most);
    },
  };
};

const toEvent = ({ date, ...event }: Bucket['events'][number]) => ({
  date: date?.toISOString(),
  ...event,
});
