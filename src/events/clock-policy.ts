import { toInstant } from './to-instant.ts';

/** Which dates an event may have, and when a range is closed: the contract's "Clocks" and "Caching". */
export type ClockPolicy = {
  /** Says why an event with this date is refused at `now`; undefined if it is accepted. */
  refuse(date: string, now: Date): Refusal | undefined;
  /** For how many seconds the events of a range cannot change; 0 if some may still be stored or deleted. */
  freshFor(range: { from: Date; to: Date }, now: Date): number;
};

/** Why a date is refused: a code for programs, and the end of a sentence. */
export type Refusal = { code: 'too-far-ahead' | 'too-old'; detail: string };

export type ClockOptions = {
  /** How many days events are kept; undefined means for ever. Older events are refused. */
  retentionDays?: number;
  /** How many days late an event may arrive. Undefined means any, and then no day is ever closed. */
  lateDays?: number;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MAX_AHEAD_HOURS = 24;
const WEEK_SECONDS = 604_800;
// An event accepted at the last moment is stored a little later, and clocks differ a little.
const CLOSING_MS = 60_000;

export const createClockPolicy = ({ retentionDays, lateDays }: ClockOptions): ClockPolicy => ({
  refuse(date, now) {
    const ahead = (toInstant(date) ?? now).getTime() - now.getTime();
    if (ahead > MAX_AHEAD_HOURS * HOUR_MS) {
      return {
        code: 'too-far-ahead',
        detail: `is more than ${MAX_AHEAD_HOURS} hours in the future`,
      };
    }
    if (retentionDays !== undefined && -ahead > retentionDays * DAY_MS) {
      return {
        code: 'too-old',
        detail: `is older than the ${retentionDays} days that events are kept`,
      };
    }
    if (lateDays !== undefined && -ahead > lateDays * DAY_MS) {
      return {
        code: 'too-old',
        detail: `is older than the ${lateDays} days that events may be late`,
      };
    }
    return undefined;
  },
  freshFor({ from, to }, now) {
    if (lateDays === undefined) return 0;
    if (now.getTime() - to.getTime() < lateDays * DAY_MS + CLOSING_MS) return 0;
    if (retentionDays === undefined) return WEEK_SECONDS;
    const deletedIn = from.getTime() + retentionDays * DAY_MS - now.getTime();
    return Math.max(0, Math.min(WEEK_SECONDS, Math.floor(deletedIn / 1_000)));
  },
});
