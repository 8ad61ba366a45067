import { randomUUID } from 'node:crypto';
import type { Collection } from 'mongodb';
import type { Bucket } from '../../src/events/bucket.ts';
import { seriesOf } from '../../src/events/series.ts';

const DAY_MS = 86_400_000;
const INSERTED_AT_ONCE = 1_000;

/** Puts devices into the database as one event of each leaves them. */
export const fillFleet = async (
  buckets: Collection<Bucket>,
  devices: number,
  eventType: string,
): Promise<void> => {
  const now = new Date();
  const date = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
  for (let filled = 0; filled < devices; filled += INSERTED_AT_ONCE) {
    const length = Math.min(INSERTED_AT_ONCE, devices - filled);
    const added = Array.from({ length }, (_, value) => {
      const events = [{ date: now, at: now.getTime() - date.getTime(), value }];
      const key = { deviceID: randomUUID(), eventType };
      return { ...key, date, seq: 0, count: 1, first: now, last: now, events };
    });
    const { insertedIds } = await buckets.insertMany(added as Bucket[]);
    await seriesOf(buckets).insertMany(
      added.flatMap(({ deviceID, seq }, index) => {
        const _id = insertedIds[index];
        if (!_id) return [];
        return [
          { deviceID, eventType, firstDay: date, newest: { date, seq, _id }, lastOpenedAt: now },
        ];
      }),
    );
  }
};
