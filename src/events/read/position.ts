/**
 * Where an event stands among those of its device and type: its instant, then the bucket and index it was
 * appended at.
 */
export type Position = { date: Date; seq: number; index: number };

/** Negative if `a` is older than `b`. */
export const comparePositions = (a: Position, b: Position): number =>
  a.date.getTime() - b.date.getTime() || a.seq - b.seq || a.index - b.index;
