import { randomUUID } from 'node:crypto';
import type { Collection } from 'mongodb';
import { createEventSources } from '../../scripts/simulate/device/event-sources.ts';
import { createRandom } from '../../scripts/simulate/device/random.ts';
import type { Bucket } from '../../src/events/bucket.ts';
import { seriesOf } from '../../src/events/series.ts';

const DAY_MS = 86_400_000;
const INSERTED_AT_ONCE = 1_000;

/**
 * Puts the simulator's thermometers into the database, as the first event of each leaves them: to send these events
 * would take ten minutes, since mongo-java-server looks at all series for each new one.
 */
export const fillFleet = async (buckets: Collection<Bucket>, devices: number): Promise<void> => {
  const random = createRandom('fleet');
  const now = new Date();
  const date = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
  for (let filled = 0; filled < devices; filled += INSERTED_AT_ONCE) {
    const length = Math.min(INSERTED_AT_ONCE, devices - filled);
    const added = Array.from({ length }, (_, index) => {
      const [{ eventType, next }] = createEventSources(0, random.fork(`${filled + index}`));
      const events = [{ date: now, at: now.getTime() - date.getTime(), value: next() }];
      const key = { deviceID: randomUUID(), eventType };
      return { ...key, date, seq: 0, count: 1, first: now, last: now, events };
    });
    const { insertedIds } = await buckets.insertMany(added as Bucket[]);
    await seriesOf(buckets).insertMany(
      added.flatMap(({ deviceID, eventType, seq }, index) => {
        const _id = insertedIds[index];
        if (!_id) return [];
        return [
          { deviceID, eventType, firstDay: date, newest: { date, seq, _id }, lastOpenedAt: now },
        ];
      }),
    );
  }
};
