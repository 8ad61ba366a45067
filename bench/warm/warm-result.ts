import type { Contestant } from '../harness/contestant.ts';
import type { Kind } from './order.ts';

/** Microseconds per request, one figure per round. */
export type WarmResult = { contestant: Contestant; rounds: Record<Kind, number[]> };
