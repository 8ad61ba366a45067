import type { MongoClient } from 'mongodb';

/** There are too many requests with unknown keys to check another one now. */
export class TooManyLookUps extends Error {
  override name = 'TooManyLookUps';
}

/** Runs a look-up, or rejects with TooManyLookUps. */
export type LookUpLimit = <Found>(
  lookUp: () => Promise<Found | undefined>,
) => Promise<Found | undefined>;

// A look-up by `_id` takes a millisecond or two of one of the process's two connections.
const MAX_LOOK_UPS = 50;
const WINDOW_MS = 1_000;

// One per client, so that all key stores of a process share it.
const limits = new WeakMap<MongoClient, LookUpLimit>();

/**
 * Allows 50 look-ups a second and at a time. One that finds something does not count afterwards, so that many
 * devices can begin at once.
 */
export const createLookUpLimit = (client: MongoClient): LookUpLimit => {
  const limit = limits.get(client) ?? createLimit();
  limits.set(client, limit);
  return limit;
};

function createLimit(): LookUpLimit {
  const failedAt: number[] = [];
  let underWay = 0;
  return async (lookUp) => {
    const start = performance.now() - WINDOW_MS;
    while (failedAt[0] !== undefined && failedAt[0] < start) failedAt.shift();
    if (underWay + failedAt.length >= MAX_LOOK_UPS) {
      throw new TooManyLookUps(`${MAX_LOOK_UPS} unknown keys were looked up in a second`);
    }
    underWay += 1;
    let found: Awaited<ReturnType<typeof lookUp>>;
    try {
      found = await lookUp();
    } finally {
      underWay -= 1;
      if (found === undefined) failedAt.push(performance.now());
    }
    return found;
  };
}
