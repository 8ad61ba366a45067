/** Summary of samples: the median and the quartiles. */
export type Spread = { median: number; low: number; high: number; count: number };

export const toSpread = (samples: number[]): Spread => ({
  median: toPercentile(samples, 0.5),
  low: toPercentile(samples, 0.25),
  high: toPercentile(samples, 0.75),
  count: samples.length,
});

/** A percentile, interpolated between samples (Hyndman and Fan's type 7, as in R and NumPy). */
export const toPercentile = (samples: number[], share: number): number => {
  const sorted = samples.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
};

/**
 * One series as a multiple of the other: the median of the ratios of each round. A disturbance that outlasts a
 * round affects both series, and cancels out.
 */
export const toRatio = (one: number[], other: number[]): number => {
  const both = Math.min(one.length, other.length);
  const ratios = one.slice(0, both).map((value, round) => value / (other[round] ?? Number.NaN));
  return toPercentile(ratios, 0.5);
};

/** Formats with three significant digits: no figure is more precise. */
export const toText = (value: number): string =>
  Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en')
    : String(Number(value.toPrecision(3)));
