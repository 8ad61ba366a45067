/** Finds a lost or changed `format`: generated clients choose their types by it, such as float or double. */
export const findFormatBreaks = (before: string | undefined, now: string | undefined): string[] =>
  before === undefined || before === now
    ? []
    : [`has ${now ? `the format ${now}` : 'no format'} instead of ${before} (format)`];
