import type { Collection, Document } from 'mongodb';
import { toElement, toKey } from './fill-day.ts';
import type { Reader, ReadKind } from './reader.ts';

type Day = ReturnType<typeof toKey> & { events: { date: Date; value: unknown }[] };

// A document ends at 16 MB.
const LARGEST = 400_000;

/** Creates the reader of the design that this project replaces: one document a day, newest event first. */
export const createUnbounded = async (days: Collection<Day>, sizes: number[]): Promise<Reader> => {
  await days.createIndex({ deviceID: 1, eventType: 1, date: 1 }, { unique: true });
  for (const size of sizes.filter((each) => each <= LARGEST)) {
    const events = Array.from({ length: size }, (_, nth) => {
      const { date, value } = toElement(size - 1 - nth, size);
      return { date, value };
    });
    await days.insertOne({ ...toKey(size), events });
  }
  return {
    name: 'unbounded',
    title: 'one document per day',
    async read(kind, size) {
      if (size > LARGEST) return undefined;
      const projection = toProjection(kind, size);
      if (!projection) return undefined;
      const day = await days.findOne(toKey(size), { projection });
      return kind === 'summary by the hour' ? 24 : day?.events.length;
    },
  };
};

function toProjection(kind: ReadKind, size: number): Document | undefined {
  // It has to find the place of an instant in the whole day, as for a summary.
  if (kind === 'summary by the hour' || kind.startsWith('middle')) return { events: 1 };
  if (kind === 'latest') return { events: { $slice: 1 } };
  const count = kind.endsWith('1,000') ? 1_000 : 10;
  return { events: { $slice: kind.startsWith('newest') ? count : -Math.min(count, size) } };
}
