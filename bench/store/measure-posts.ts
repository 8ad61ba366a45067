import { toNewEvent } from '../harness/requests.ts';
import type { Design, NewEvent } from './design.ts';
import { takeTurns } from './take-turns.ts';

/** A day that has `size` events already, the kind of their values, and the number of concurrent writers. */
export type Setting = { size: number; writers: number; values: 'numbers' | 'readings' };

/** The latency of each event in milliseconds, and the events per second of each round. */
export type PostResult = Setting & { design: Design; latencies: number[]; rates: number[] };

const SETTINGS: Setting[] = [
  ...[0, 10_000, 50_000].flatMap((size) =>
    [1, 10, 50].map((writers): Setting => ({ size, writers, values: 'numbers' })),
  ),
  // The larger an event, the more the unbounded design rewrites.
  { size: 10_000, writers: 1, values: 'readings' },
  { size: 50_000, writers: 1, values: 'readings' },
];
const ROUNDS = 4;
const ROUND_EVENTS = 200;
const ROUND_MS = 400;
// Adding one event to a large day may take the unbounded design half a second, and writers wait for each other.
const CELL_MS = 4_000;

type Cell = PostResult & { spent: number };

/** Stores single events in days of several sizes, alternating between the designs. */
export const measurePosts = async (designs: Design[]): Promise<PostResult[]> => {
  const cells = SETTINGS.flatMap((setting) => designs.map((design) => toCell(setting, design)));
  for (const { design, ...setting } of cells) {
    const events = Array.from({ length: setting.size }, (_, nth) => toEvent(nth, setting));
    // All settings with different numbers of writers share one day.
    if (setting.size > 0 && setting.writers === 1) await design.fill(events);
  }
  const inTurn = takeTurns(cells);
  // The first round warms up the code that batches do not reach.
  for (let round = 0; round <= ROUNDS; round += 1) {
    for await (const cell of inTurn()) {
      if (cell.spent >= CELL_MS) continue;
      const { latencies, ms } = await runRound(cell, round);
      if (round === 0) continue;
      cell.latencies.push(...latencies);
      cell.rates.push((latencies.length * 1_000) / ms);
      cell.spent += ms;
    }
  }
  return cells;
};

const toCell = (setting: Setting, design: Design): Cell => ({
  ...setting,
  design,
  latencies: [],
  rates: [],
  spent: 0,
});

const toEvent = (nth: number, { size, values }: Setting, type = `day of ${size}`): NewEvent =>
  values === 'numbers'
    ? toNewEvent(nth, type)
    : toNewEvent(nth, `${type}, readings`, { celsius: 20 + (nth % 100) / 10, humidity: 0.43 });

// Each event is newer than all before it, as from a device.
let nth = 50_000;

async function runRound(cell: Cell, round: number): Promise<{ latencies: number[]; ms: number }> {
  const { design, size, writers } = cell;
  // An empty day does not stay empty: each round needs a new one.
  const type = size === 0 ? `empty ${writers} ${round}` : undefined;
  const latencies: number[] = [];
  const begin = performance.now();
  let left = ROUND_EVENTS;
  const write = async (): Promise<void> => {
    while (left > 0 && performance.now() - begin < ROUND_MS) {
      left -= 1;
      nth += 1;
      const event = toEvent(nth, cell, type);
      const start = performance.now();
      await design.add(event);
      latencies.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
  return { latencies, ms: performance.now() - begin };
}
