import { setTimeout as sleep } from 'node:timers/promises';
import type { Design } from './design.ts';

// After a round, a server works on for a moment, and would take the cores from the other one.
const PAUSE_MS = 100;

/** Creates a generator of rounds: the measurements of one design, then, after a pause, those of the next. */
export const takeTurns = <Measurement extends { design: Design }>(all: Measurement[]) => {
  const designs = new Set(all.map(({ design }) => design));
  return async function* round(): AsyncGenerator<Measurement> {
    for (const design of designs) {
      await sleep(PAUSE_MS);
      yield* all.filter((measurement) => measurement.design === design);
    }
  };
};
