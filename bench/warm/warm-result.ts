import type { Contestant } from '../harness/contestant.ts';
import type { Kind } from './order.ts';

/** Microseconds a request, one figure a round. */
export type WarmResult = { contestant: Contestant; rounds: Record<Kind, number[]> };
