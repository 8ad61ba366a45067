import type { RecordableHistogram } from 'node:perf_hooks';
import { createHistogram } from 'node:perf_hooks';

/** Milliseconds. */
export type Percentiles = { count: number; p50: number; p90: number; p99: number; max: number };

export type Latency = {
  record(milliseconds: number): void;
  /** Since the last call. */
  recent(): Percentiles;
  all(): Percentiles;
};

export const createLatency = (): Latency => {
  const all = createHistogram();
  const recent = createHistogram();
  return {
    record(milliseconds) {
      // In microseconds, since histograms take whole numbers above 0.
      recent.record(Math.max(1, Math.round(milliseconds * 1_000)));
    },
    recent() {
      const percentiles = toPercentiles(recent);
      all.add(recent);
      recent.reset();
      return percentiles;
    },
    all() {
      all.add(recent);
      recent.reset();
      return toPercentiles(all);
    },
  };
};

function toPercentiles(histogram: RecordableHistogram): Percentiles {
  const { count } = histogram;
  const at = (percent: number): number =>
    count === 0 ? 0 : Math.round(histogram.percentile(percent) / 10) / 100;
  return { count, p50: at(50), p90: at(90), p99: at(99), max: at(100) };
}
