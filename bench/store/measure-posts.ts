import { toNewEvent } from '../harness/requests.ts';
import type { Design } from './design.ts';

/** Milliseconds of each event, and the events a second of each round. */
export type PostResult = {
  design: Design;
  size: number;
  writers: number;
  latencies: number[];
  rates: number[];
};

const SIZES = [0, 10_000, 50_000];
const WRITERS = [1, 10, 50];
const ROUNDS = 5;
const ROUND_EVENTS = 200;
const ROUND_MS = 500;
// One event into a large day may take the unbounded design half a second, and they wait for each other.
const CELL_MS = 4_000;

/** Stores single events into days of several sizes, by turns in one design and the other. */
export const measurePosts = async (designs: Design[]): Promise<PostResult[]> => {
  const results: PostResult[] = [];
  for (const size of SIZES) {
    for (const design of designs) if (size > 0) await design.fill(`day of ${size}`, size);
    for (const writers of WRITERS) {
      results.push(...(await measureCell(designs, size, writers)));
    }
  }
  return results;
};

async function measureCell(
  designs: Design[],
  size: number,
  writers: number,
): Promise<PostResult[]> {
  const cells = designs.map((design) => ({
    ...{ design, size, writers, latencies: [] as number[], rates: [] as number[] },
    spent: 0,
  }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const cell of cells.filter(({ spent }) => spent < CELL_MS)) {
      // An empty day does not stay empty: each round has a new one.
      const type = size === 0 ? `empty ${writers} ${round}` : `day of ${size}`;
      const { latencies, ms } = await runRound(cell.design, type, writers);
      cell.latencies.push(...latencies);
      cell.rates.push((latencies.length * 1_000) / ms);
      cell.spent += ms;
    }
  }
  return cells;
}

// Each event is newer than all before, as from a device.
let nth = 50_000;

async function runRound(
  design: Design,
  type: string,
  writers: number,
): Promise<{ latencies: number[]; ms: number }> {
  const latencies: number[] = [];
  const begin = performance.now();
  let left = ROUND_EVENTS;
  const write = async (): Promise<void> => {
    while (left > 0 && performance.now() - begin < ROUND_MS) {
      left -= 1;
      nth += 1;
      const event = toNewEvent(nth, type);
      const start = performance.now();
      await design.add(event);
      latencies.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
  return { latencies, ms: performance.now() - begin };
}
