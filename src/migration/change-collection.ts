import { errorCodes, hasCode } from '../database/error-codes.ts';
import type { collectionOf } from '../events/bucket.ts';

export type Buckets = ReturnType<typeof collectionOf>;

/** Runs collMod. Returns false if the server has no such command, like the local mongo-java-server. */
export const changeCollection = async (
  buckets: Buckets,
  changes: Record<string, unknown>,
): Promise<boolean> => {
  try {
    await buckets.db.command({ collMod: buckets.collectionName, ...changes });
    return true;
  } catch (error) {
    if (hasCode(error, errorCodes.commandNotFound)) return false;
    throw error;
  }
};
