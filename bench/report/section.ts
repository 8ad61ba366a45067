import type { Spread } from './statistics.ts';

export type Table = { title: string; columns: string[]; rows: string[][] };

export type Bar = { label: string; spread: Spread; isOurs?: boolean };

/** Bars from zero; on a logarithmic scale, where a bar's length would say nothing, points. */
export type Chart = {
  name: string;
  title: string;
  unit: string;
  scale: 'linear' | 'log';
  bars: Bar[];
};

/** What was to be reached, and what was. */
export type Target = { what: string; got: number } & ({ atMost: number } | { atLeast: number });

/** What one of the benchmarks found, in one run. */
export type Section = {
  title: string;
  notes: string[];
  tables: Table[];
  charts: Chart[];
  targets: Target[];
};
