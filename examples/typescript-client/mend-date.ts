import type { NewEvent, ProblemError } from '@iot-events/client';

// This program is younger: a clock that shows an earlier time has never been set.
const CLOCK_IS_SET_MS = Date.UTC(2026, 0, 1);
const TOLERANCE_MS = 60_000;

let behindMs = 0;
let mendedMs = 0;
const mended = new Set<string>();

/** The date of a reading; none while the clock is not set: the service then dates the event when it arrives. */
export const readClock = (): string | undefined => {
  const now = Date.now() + behindMs;
  return now < CLOCK_IS_SET_MS ? undefined : new Date(now).toISOString();
};

/**
 * If the service refused an event because of its date (clock skew), sets this clock by the service's, and returns the
 * event with the right date. Undefined if the clock was not to blame, or if that was tried before.
 */
export const mendDate = (event: NewEvent, { serverTime }: ProblemError): NewEvent | undefined => {
  const { id, date } = event;
  if (!serverTime || !id || !date || mended.has(id)) return undefined;
  const now = serverTime.getTime();
  const offMs = now - (Date.now() + behindMs);
  if (Math.abs(offMs) > TOLERANCE_MS) {
    behindMs += offMs;
    mendedMs = offMs;
  }
  const right = Date.parse(date) + mendedMs;
  // A date that this makes later than now was right, and is refused for another reason.
  if (mendedMs === 0 || right > now + TOLERANCE_MS) return undefined;
  mended.add(id);
  return { ...event, date: new Date(right).toISOString() };
};
