import type { Span } from './range.ts';

/** An interval in ISO 8601, for the API, and in milliseconds. */
export type SummaryInterval = { iso: string; ms: number };

const MINUTE_MS = 60_000;
// A screen has no room for more.
const MAX_INTERVALS = 500;
const DAY: SummaryInterval = { iso: 'P1D', ms: 1440 * MINUTE_MS };
const INTERVALS: readonly SummaryInterval[] = [
  { iso: 'PT1M', ms: MINUTE_MS },
  { iso: 'PT5M', ms: 5 * MINUTE_MS },
  { iso: 'PT15M', ms: 15 * MINUTE_MS },
  { iso: 'PT30M', ms: 30 * MINUTE_MS },
  { iso: 'PT1H', ms: 60 * MINUTE_MS },
  { iso: 'PT3H', ms: 180 * MINUTE_MS },
  { iso: 'PT6H', ms: 360 * MINUTE_MS },
  { iso: 'PT12H', ms: 720 * MINUTE_MS },
  DAY,
];

/** The shortest interval of which a chart can show all. */
export const toSummaryInterval = ({ from, end }: Span): SummaryInterval =>
  INTERVALS.find(({ ms }) => (end - from) / ms <= MAX_INTERVALS) ?? DAY;
