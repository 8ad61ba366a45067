import type { Contestant } from '../harness/build.ts';
import type { Kind } from './serve-rounds.ts';

/** Microseconds a request, one figure a round. */
export type WarmResult = { contestant: Contestant; rounds: Record<Kind, number[]> };
