import { toNewEvent } from '../harness/requests.ts';
import type { Design } from './design.ts';
import { takeTurns } from './take-turns.ts';

/** Events per second, one figure per round. */
export type BatchResult = { design: Design; size: number; rates: number[] };

const SIZES = [1, 100, 1_000];
const ROUNDS = 7;
const SINGLES = 100;

/** Stores batches of several sizes, one after another, by one writer; each round fills a new day. */
export const measureBatches = async (designs: Design[]): Promise<BatchResult[]> => {
  const results = SIZES.flatMap((size) =>
    designs.map((design): BatchResult => ({ design, size, rates: [] })),
  );
  // The first round warms up the code and the database.
  const inTurn = takeTurns(results);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for await (const { design, size, rates } of inTurn()) {
      const rate = await runRound(design, size, `batches of ${size}, ${round}`);
      if (round > 0) rates.push(rate);
    }
  }
  return results;
};

async function runRound(design: Design, size: number, type: string): Promise<number> {
  const total = size === 1 ? SINGLES : 2_000;
  const events = Array.from({ length: total }, (_, nth) => toNewEvent(nth, type));
  const start = performance.now();
  for (let from = 0; from < total; from += size) {
    const batch = events.slice(from, from + size);
    const [single] = batch;
    await (size === 1 && single ? design.add(single) : design.addAll(batch));
  }
  return (total * 1_000) / (performance.now() - start);
}
