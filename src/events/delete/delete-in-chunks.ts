import type { Deletion, MayGoOn } from './deletion.ts';

/** How to delete from buckets: what to do with each, and how many are changed at once. */
export type Chunks<Found, Change> = {
  size: number;
  /** Undefined for a bucket from which nothing is to be deleted. */
  toChange(bucket: Found): Change | undefined;
  /** Returns how many events it has deleted. */
  write(changes: Change[]): Promise<number>;
};

/**
 * Deletes from buckets as they are found, some at a time, and counts what is deleted.
 * @returns false if there are more than the request may go on with
 */
export const deleteInChunks = async <Found, Change>(
  found: AsyncIterable<Found>,
  { size, toChange, write }: Chunks<Found, Change>,
  mayGoOn: MayGoOn,
  deletion: Deletion,
): Promise<boolean> => {
  let changes: Change[] = [];
  const flush = async (): Promise<void> => {
    if (changes.length > 0) deletion.count += await write(changes);
    changes = [];
  };
  for await (const bucket of found) {
    const change = toChange(bucket);
    if (!mayGoOn(change ? 1 : 0)) {
      await flush();
      return false;
    }
    if (change) changes.push(change);
    if (changes.length === size) await flush();
  }
  await flush();
  return true;
};
