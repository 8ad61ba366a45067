import type { Contestant } from '../harness/contestant.ts';

/** Milliseconds that one process took to load the function and to answer its first request, and the status. */
export type Sample = { load: number; first: number; status: number };

/** One contestant's samples. */
export type ColdResult = { contestant: Contestant; samples: Sample[] };
