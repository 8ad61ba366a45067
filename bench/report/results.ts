import type { Section } from './section.ts';

/** Where and when a section was measured; its figures compare with no others. */
export type Run = {
  section: Section;
  date: string;
  seconds: number;
  commit: string;
  machine: string;
  /** Work that waited for a core as it began, over the last minute: above 1 or 2, other work shows. */
  load: number;
};

/** What results.json holds: the last run of each benchmark, by its name. */
export type Results = Record<string, Run>;
