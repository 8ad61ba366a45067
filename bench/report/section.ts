import type { Spread } from './statistics.ts';

export type Table = { title: string; columns: string[]; rows: string[][] };

export type Bar = { label: string; spread: Spread; isOurs?: boolean };

/** A chart of bars from zero; of points on a logarithmic scale, where a bar's length would mean nothing. */
export type Chart = {
  name: string;
  title: string;
  unit: string;
  scale: 'linear' | 'log';
  bars: Bar[];
};

/** A target, and the figure that was measured. */
export type Target = { what: string; got: number } & ({ atMost: number } | { atLeast: number });

/** The findings of one benchmark in one run. */
export type Section = {
  title: string;
  notes: string[];
  tables: Table[];
  charts: Chart[];
  targets: Target[];
};
