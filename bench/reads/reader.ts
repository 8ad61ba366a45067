/** A read of a day, by its name in the results. */
export type ReadKind =
  | 'newest 10'
  | 'oldest 10'
  | 'middle 10, by cursor'
  | 'middle 10, by cursor, oldest first'
  | 'middle 10, by until'
  | 'middle 10, by since'
  | 'newest 1,000'
  | 'oldest 1,000'
  | 'summary by the hour'
  | 'latest';

/** A way to keep and read days, which are named by the number of their events. */
export type Reader = {
  name: 'ours' | 'floor' | 'unbounded';
  title: string;
  /** Returns how many events or intervals were found; undefined if it has no such read. */
  read(kind: ReadKind, size: number): Promise<number | undefined>;
};
