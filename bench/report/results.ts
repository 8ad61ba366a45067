import type { Section } from './section.ts';

/** A section, and where and when it was measured. Its figures cannot be compared with those of another run. */
export type Run = {
  section: Section;
  date: string;
  seconds: number;
  commit: string;
  machine: string;
  /** The one-minute load average at the start: above 1 or 2, other work disturbs the figures. */
  load: number;
};

/** The content of results.json: the last run of each benchmark, by name. */
export type Results = Record<string, Run>;
