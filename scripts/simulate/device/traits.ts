import type { Random } from './random.ts';

/** How one device differs from the others. */
export type Traits = {
  sends: 'singly' | 'in batches';
  /** The service accepts dates of a clock that is `off`, and rejects those of a `wrong` one. */
  clock: 'right' | 'off' | 'wrong' | 'none';
  clockOffset: number;
  hasIds: boolean;
  /** When the device has no connection, in milliseconds since the run began, and after how many again. */
  offline: { from: number; to: number; every: number } | undefined;
  backlog: 'oldest first' | 'newest first';
  /** The share of requests or replies that are lost. */
  lossRate: number;
  hasUpperCaseId: boolean;
  /** Whether some items in its batches are malformed. */
  isFaulty: boolean;
  dateStyle: 'UTC' | 'offset' | 'microseconds';
};

const HOUR_MS = 3_600_000;

/**
 * Assigns traits so that the first twelve devices have all of them; the rest is random.
 * @param isRepeated what happens in `runMs` happens again and again
 */
export const toTraits = (
  index: number,
  random: Random,
  runMs: number,
  isRepeated = false,
): Traits => {
  const clock = CLOCKS[index % CLOCKS.length] ?? 'right';
  const isFaulty = index % 6 === 4;
  const isBatching = index % 3 === 1 || clock === 'none';
  return {
    sends: isBatching ? 'in batches' : 'singly',
    clock,
    clockOffset: toClockOffset(clock, random),
    hasIds: index % 4 === 2 || clock === 'none',
    offline: index % 5 === 2 ? toOffline(random, runMs, isRepeated) : undefined,
    backlog: index % 10 === 7 ? 'newest first' : 'oldest first',
    lossRate: index % 2 === 0 ? 0.08 : 0.005,
    hasUpperCaseId: index % 7 === 6,
    isFaulty,
    dateStyle: random.pick(['UTC', 'UTC', 'offset', 'microseconds']),
  };
};

const CLOCKS: Traits['clock'][] = [
  ...(['right', 'off', 'right', 'none'] as const),
  ...(['right', 'wrong', 'off', 'right'] as const),
];

/** The service accepts dates up to 24 hours ahead and, while it keeps events for ever, any date in the past. */
function toClockOffset(clock: Traits['clock'], random: Random): number {
  if (clock === 'wrong') return random.between(30, 9_000) * HOUR_MS;
  if (clock === 'off') return random.pick([-70, -5, -0.01, 0.7, 20]) * HOUR_MS;
  return random.between(-1_500, 1_500);
}

function toOffline(random: Random, runMs: number, isRepeated: boolean): Traits['offline'] {
  const from = random.between(0.1, 0.45) * runMs;
  const to = from + random.between(0.15, 0.4) * runMs;
  return { from, to, every: isRepeated ? runMs : Number.MAX_VALUE };
}
