/** An event's place among those of its device and type: its instant, then where it was appended. */
export type Position = { date: Date; seq: number; index: number };

/** Negative where `a` is older than `b`. */
export const comparePositions = (a: Position, b: Position): number =>
  a.date.getTime() - b.date.getTime() || a.seq - b.seq || a.index - b.index;
