import { createHash } from 'node:crypto';

/** Random numbers that repeat with the same seed. */
export type Random = {
  /** From 0 up to, but not including, 1. */
  next(): number;
  between(from: number, to: number): number;
  /** A whole number, both ends included. */
  integer(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** A gap between random events with this mean gap. */
  exponential(mean: number): number;
  shuffle<Item>(items: readonly Item[]): Item[];
  /** An independent sequence: draws from one do not change the other. */
  fork(name: string): Random;
};

export const createRandom = (seed: string): Random => {
  const next = createSequence(seed);
  const integer = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    integer,
    between: (from, to) => from + next() * (to - from),
    chance: (probability) => next() < probability,
    pick: (items) => items[integer(0, items.length - 1)] ?? items[0],
    exponential: (mean) => -mean * Math.log(1 - next()),
    shuffle: (items) =>
      items
        .map((item) => ({ item, place: next() }))
        .sort((a, b) => a.place - b.place)
        .map(({ item }) => item),
    fork: (name) => createRandom(`${seed}/${name}`),
  };
};

/** sfc32 (https://pracrand.sourceforge.net), seeded with the hash of the seed. */
function createSequence(seed: string): () => number {
  const hash = createHash('sha256').update(seed).digest();
  let [a, b, c, counter] = [0, 4, 8, 12].map((at) => hash.readInt32LE(at)) as Words;
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11) | 0) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
}

type Words = [number, number, number, number];
