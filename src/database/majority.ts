import type { Collection, Document, Filter } from 'mongodb';

/**
 * The options of a read whose answer becomes an acknowledgement: it shows nothing that a fail-over may roll
 * back. https://www.mongodb.com/docs/manual/reference/read-concern-majority/
 */
export const MAJORITY = { readConcern: { level: 'majority' } } as const;

/**
 * Changes nothing, and returns once a majority has all writes before it. A primary that was replaced cannot
 * do that, so reads after it are not older than what others were told before it.
 * @param nothing matches no document; it names the shard
 */
export const confirmPrimary = async <T extends Document>(
  collection: Collection<T>,
  nothing: Filter<T>,
): Promise<void> => {
  await collection.updateMany(nothing, { $unset: { none: '' } } as never);
};
