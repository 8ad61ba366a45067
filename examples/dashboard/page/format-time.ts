const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
const DATE = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const TIME_OF_DAY = new Intl.DateTimeFormat(undefined, CLOCK);
const TIME_AND_DATE = new Intl.DateTimeFormat(undefined, { ...DATE, ...CLOCK });
const AGE = new Intl.RelativeTimeFormat(undefined, { numeric: 'always', style: 'short' });
const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** Formats an instant in the viewer's time zone, without the date if it is today. */
export const formatTime = (instant: number, now = Date.now()): string => {
  const isToday = new Date(instant).toDateString() === new Date(now).toDateString();
  return (isToday ? TIME_OF_DAY : TIME_AND_DATE).format(instant);
};

/** Formats how long ago an instant was, in one unit. */
export const formatAge = (instant: number, now = Date.now()): string => {
  const age = instant - now;
  const [unit, length] = UNITS.find(([, ms]) => Math.abs(age) >= ms) ?? (['second', 1000] as const);
  return AGE.format(Math.trunc(age / length), unit);
};
