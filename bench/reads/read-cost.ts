import type { Reader, ReadKind } from './reader.ts';

/** What one kind of read costs; `times` is empty if the reader has no such read, or if it failed. */
export type ReadCost = {
  reader: Reader;
  kind: ReadKind;
  size: number;
  /** Milliseconds per read. */
  times: number[];
  queries: number;
  /** Of BSON that the database returned for one read. */
  bytes: number;
  /** How many events or intervals it returned. */
  found: number;
};

/** What the reads cost on one engine; `peaks` are bytes of memory, by size of the day. */
export type EngineCosts = { engine: string; costs: ReadCost[]; peaks: Map<number, number> };
