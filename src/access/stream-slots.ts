import { randomUUID } from 'node:crypto';
import type { Collection, MongoClient } from 'mongodb';
import type { Streams } from '../contract.ts';
import { createConnected } from '../database/connected.ts';
import { errorCodes, hasCode } from '../database/error-codes.ts';
import { databaseNames } from '../names/database-names.ts';

/** A place for one open stream, held until `until`. */
export type StreamSlot = { _id: string; until: Date; holder?: string };

export const slotsOf = (client: MongoClient): Collection<StreamSlot> =>
  client.db().collection<StreamSlot>(databaseNames.slotsCollection);

// Longer than the platform lets a stream live: a slot whose process died is free again then.
const HELD_MS = 16 * 60_000;
const FREE = new Date(0);

/**
 * Limits how many streams of a kind are open at once, over all processes. What API Gateway answers when Lambda has
 * no concurrency left cannot be chosen, and would be no problem with a Retry-After: so there is a little more concurrency
 * than slots, and the function itself refuses.
 * @param slots undefined means any number
 */
export const createStreamSlots = (
  client: MongoClient,
  slots: number | undefined,
): Streams['take'] => {
  if (slots === undefined) return async () => async () => undefined;
  const connected = createConnected(client);
  const all = slotsOf(client);
  return async (kind) => {
    const ids = Array.from({ length: slots }, (_, index) => `${kind}/${index}`);
    const holder = randomUUID();
    const take = () =>
      connected(() => {
        const now = new Date();
        const until = new Date(now.getTime() + HELD_MS);
        return all.findOneAndUpdate(
          { _id: { $in: ids }, until: { $lte: now } },
          { $set: { until, holder } },
        );
      });
    const slot =
      (await take()) ?? ((await connected(() => addMissing(all, ids))) && (await take()));
    if (!slot) return undefined;
    const leave = () => all.updateOne({ _id: slot._id, holder }, { $set: { until: FREE } });
    // If it fails, the slot is free later.
    return () =>
      connected(leave).then(
        () => undefined,
        () => undefined,
      );
  };
};

/** Whether there were fewer slots than there should be. */
async function addMissing(all: Collection<StreamSlot>, ids: string[]): Promise<boolean> {
  if ((await all.countDocuments({ _id: { $in: ids } })) === ids.length) return false;
  try {
    await all.insertMany(
      ids.map((_id) => ({ _id, until: FREE })),
      { ordered: false },
    );
  } catch (error) {
    if (!hasCode(error, errorCodes.duplicateKey)) throw error;
  }
  return true;
}
