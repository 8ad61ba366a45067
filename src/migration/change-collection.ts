import type { Collection, Document } from 'mongodb';
import { errorCodes, hasCode } from '../database/error-codes.ts';

/** Runs collMod. Returns false if the server has no such command, like the local mongo-java-server. */
export const changeCollection = async <T extends Document>(
  collection: Collection<T>,
  changes: Record<string, unknown>,
): Promise<boolean> => {
  try {
    await collection.db.command({ collMod: collection.collectionName, ...changes });
    return true;
  } catch (error) {
    if (hasCode(error, errorCodes.commandNotFound)) return false;
    throw error;
  }
};
