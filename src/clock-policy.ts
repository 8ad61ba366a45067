import type { ProblemReply } from './problem.ts';
import { problems } from './problem.ts';

/** Why an event's date is refused at `now`, if it is. */
export type ClockPolicy = (date: string, now: Date) => ProblemReply<400> | undefined;

const HOUR_MS = 3_600_000;
const MAX_AHEAD_HOURS = 24;

/**
 * What the contract says under "Clocks".
 * @param retentionDays how long events are kept; undefined is for ever. One that the database would delete
 *   at once must not be acknowledged.
 */
export const createClockPolicy =
  (retentionDays?: number): ClockPolicy =>
  (date, now) => {
    const ahead = Date.parse(date) - now.getTime();
    if (ahead > MAX_AHEAD_HOURS * HOUR_MS) {
      return problems.clockSkew(now, `is more than ${MAX_AHEAD_HOURS} hours in the future`);
    }
    if (retentionDays !== undefined && -ahead > retentionDays * 24 * HOUR_MS) {
      return problems.clockSkew(
        now,
        `is older than the ${retentionDays} days that events are kept`,
      );
    }
    return undefined;
  };
