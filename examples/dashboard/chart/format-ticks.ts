const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const MONTH = new Intl.DateTimeFormat(undefined, { month: 'short', year: 'numeric' });
const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const MINUTE = new Intl.DateTimeFormat(undefined, CLOCK);
const SECOND = new Intl.DateTimeFormat(undefined, { ...CLOCK, second: '2-digit' });

/** Formats the labels of a time axis: as fine as its steps, with the date on the first label of each day. */
export const formatTicks = (instants: readonly number[], stepMs: number): string[] => {
  if (stepMs >= 28 * 24 * HOUR_MS) return instants.map((instant) => MONTH.format(instant));
  if (stepMs >= 24 * HOUR_MS) return instants.map((instant) => DAY.format(instant));
  const clock = stepMs >= MINUTE_MS ? MINUTE : SECOND;
  return instants.map((instant, index) => {
    const before = instants[index - 1];
    const isNewDay = before === undefined || DAY.format(before) !== DAY.format(instant);
    return isNewDay ? `${clock.format(instant)}\n${DAY.format(instant)}` : clock.format(instant);
  });
};
