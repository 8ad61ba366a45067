import { toInstant } from './to-instant.ts';

/** Which dates an event may have, and when a range is closed: the contract's "Clocks" and "Caching". */
export type ClockPolicy = {
  /** Says why an event with this date is refused at `now`; undefined if it is accepted. */
  refuse(date: string, now: Date): Refusal | undefined;
  /** For how many seconds the events of a range cannot change; 0 if some may still be stored or deleted. */
  freshFor(range: { from: Date; to: Date }, now: Date): number;
};

/** Why a date is refused: a code for programs, and the end of a sentence. */
export type Refusal = { code: 'clock-not-set' | 'too-far-ahead' | 'too-old'; detail: string };

export type ClockOptions = {
  /** How many days events are kept; undefined means for ever. Older events are refused. */
  retentionDays?: number;
  /** How many days late an event may arrive. Undefined means any, and then no day is ever closed. */
  lateDays?: number;
  /**
   * The day, as YYYY-MM-DD, before which no event can have happened: a clock that says so has never been set. By
   * default 2020-01-01.
   */
  notBefore?: string;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MAX_AHEAD_HOURS = 24;
const WEEK_SECONDS = 604_800;
// An event accepted at the last moment is stored a little later, and clocks differ a little.
const CLOSING_MS = 60_000;

/** @throws if `notBefore` is no day */
export const createClockPolicy = ({
  retentionDays,
  lateDays,
  notBefore = '2020-01-01',
}: ClockOptions): ClockPolicy => {
  const floor = toInstant(`${notBefore}T00:00:00Z`);
  if (!floor) throw new Error(`notBefore is ${notBefore}: it must be a day, such as 2020-01-01`);
  const refuse: ClockPolicy['refuse'] = (date, now) => {
    const instant = toInstant(date) ?? now;
    // First: such a date is also too old, but the event is not.
    if (instant < floor) {
      return { code: 'clock-not-set', detail: `is before ${notBefore}: the clock was not set` };
    }
    const ahead = instant.getTime() - now.getTime();
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
  };
  const freshFor: ClockPolicy['freshFor'] = ({ from, to }, now) => {
    if (lateDays === undefined) return 0;
    if (now.getTime() - to.getTime() < lateDays * DAY_MS + CLOSING_MS) return 0;
    if (retentionDays === undefined) return WEEK_SECONDS;
    const deletedIn = from.getTime() + retentionDays * DAY_MS - now.getTime();
    return Math.max(0, Math.min(WEEK_SECONDS, Math.floor(deletedIn / 1_000)));
  };
  return { refuse, freshFor };
};
