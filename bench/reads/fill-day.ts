import type { Collection } from 'mongodb';
import type { Bucket } from '../../src/events/bucket.ts';
import { BUCKET_SIZE } from '../../src/events/bucket.ts';
import { seriesOf } from '../../src/events/series.ts';
import { toStoredReadings } from '../../src/events/statistics/readings.ts';
import { toNewEvent } from '../harness/requests.ts';

/** The numbers of events of the days: one in 86 s, one a second, ten a second. */
export const SIZES = [1_000, 86_400, 864_000];

const DAY_MS = 86_400_000;
const INSERTED_AT_ONCE = 200;

export const toKey = (size: number) => {
  const { deviceID, date } = toNewEvent(0);
  return { deviceID, eventType: `day of ${size}`, date: new Date(date) };
};

/** The number of a day's events that are older than its middle. */
export const toMiddle = (size: number): number => size / 2;

/** The nth event of a day. */
export const toElement = (nth: number, size: number) => {
  const date = new Date(toKey(size).date.getTime() + nth * (DAY_MS / size));
  return { date, at: 200_000_000, value: 20 + (nth % 100) / 10 };
};

/** Puts a day's buckets and their series into the database, as the events of a device leave them that sends in order. */
export const fillDay = async (buckets: Collection<Bucket>, size: number): Promise<void> => {
  let waiting: Bucket[] = [];
  for (let seq = 0; seq * BUCKET_SIZE < size; seq += 1) {
    waiting.push(toBucket(seq, size));
    if (waiting.length < INSERTED_AT_ONCE) continue;
    await buckets.insertMany(waiting);
    waiting = [];
  }
  if (waiting.length > 0) await buckets.insertMany(waiting);
  const { date, ...source } = toKey(size);
  const newest = await buckets.findOne({ ...source, date }, { sort: { seq: -1 } });
  if (!newest) throw new Error(`The day of ${size} has no events`);
  const { _id, seq } = newest;
  await seriesOf(buckets).insertOne({
    ...source,
    firstDay: date,
    newest: { date, seq, _id },
    lastOpenedAt: new Date(),
  });
};

function toBucket(seq: number, size: number): Bucket {
  const start = seq * BUCKET_SIZE;
  const count = Math.min(BUCKET_SIZE, size - start);
  const events = Array.from({ length: count }, (_, nth) => toElement(start + nth, size));
  const first = toElement(start, size).date;
  const last = toElement(start + count - 1, size).date;
  const floor = seq > 0 && { floor: toElement(start - 1, size).date };
  const stats = count === BUCKET_SIZE && { stats: toStoredReadings(events) };
  return { ...toKey(size), seq, count, first, last, ...floor, ...stats, events };
}
