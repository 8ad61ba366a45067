import { toNewEvent } from '../harness/requests.ts';
import type { Design } from './design.ts';
import { takeTurns } from './take-turns.ts';

/** The times of one kind of read. */
export type ReadResult = {
  design: Design;
  what: 'page' | 'day';
  size: number;
  /** Milliseconds per read. */
  times: number[];
};

const PAGE_ROUNDS = 25;
const DAY_ROUNDS = 5;

/** Reads the newest 1,000 events, and whole days, alternating between the designs. Uses the days of measurePosts. */
export const measureReads = async (designs: Design[]): Promise<ReadResult[]> => {
  const small = Array.from({ length: 1_000 }, (_, nth) => toNewEvent(nth, 'day of 1000'));
  for (const design of designs) await design.fill(small);
  const of = (what: 'page' | 'day', sizes: number[]): ReadResult[] =>
    sizes.flatMap((size) => designs.map((design) => ({ design, what, size, times: [] })));
  const pages = of('page', [1_000, 50_000]);
  const days = of('day', [1_000, 10_000, 50_000]);
  // The first round warms up the code and the database.
  const pagesInTurn = takeTurns(pages);
  const daysInTurn = takeTurns(days);
  for (let round = 0; round <= PAGE_ROUNDS; round += 1) {
    for await (const result of pagesInTurn()) await read(result, round > 0);
  }
  for (let round = 0; round <= DAY_ROUNDS; round += 1) {
    for await (const result of daysInTurn()) await read(result, round > 0);
  }
  return [...pages, ...days];
};

async function read({ design, what, size, times }: ReadResult, counts: boolean): Promise<void> {
  const type = `day of ${size}`;
  const start = performance.now();
  const found = await (what === 'page' ? design.readPage(type) : design.readDay(type));
  if (counts) times.push(performance.now() - start);
  const wanted = what === 'page' ? 1_000 : size;
  if (found < wanted) throw new Error(`${design.title}: ${found} of ${wanted} events were read`);
}
