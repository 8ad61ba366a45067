const DAY_MS = 86_400_000;

/** The first instant of an instant's UTC day. */
export const toDay = (instant: Date): Date =>
  new Date(Math.floor(instant.getTime() / DAY_MS) * DAY_MS);
