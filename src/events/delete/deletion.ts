/** Which events to delete: all of a device, or of one event type, or of one event type from `from` up to `to`. */
export type DeletedPart = {
  deviceID: string;
  eventType?: string;
  /** The end of the range is not part of it. */
  range?: { from: Date; to: Date };
};

/** What a request has deleted so far; a request that fails has deleted that much. */
export type Deletion = { count: number };

/** How many buckets one request deletes events from: 400,000 events, where buckets are full. */
const MAX_BUCKETS = 2_000;

// The rest of outage.ts's deadline is for the step that was begun last.
const LAST_STEP_MS = 5_000;

/** Says whether a request may delete from so many more buckets. */
export type MayGoOn = (buckets: number) => boolean;

export const createMayGoOn = (): MayGoOn => {
  const end = performance.now() + LAST_STEP_MS;
  let left = MAX_BUCKETS;
  return (buckets) => {
    left -= buckets;
    return left >= 0 && performance.now() < end;
  };
};
