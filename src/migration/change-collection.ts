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
    if (hasCode(error, COMMAND_NOT_FOUND)) return false;
    throw error;
  }
};

export const hasCode = (error: unknown, code: number): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

// https://www.mongodb.com/docs/manual/reference/error-codes/
const COMMAND_NOT_FOUND = 59;
