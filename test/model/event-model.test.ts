import { afterAll, describe, it } from 'vitest';
import { FUZZ, fuzz } from '../fuzz/fuzz.ts';
import { createModelRun } from './model-run.ts';
import type { Operation } from './operation.ts';
import { operations } from './operation.ts';
import { useServiceProcesses } from './service-processes.ts';

const processes = useServiceProcesses(2);

const day = { device: 0, type: 0, day: 0 };
const backlog = { ...day, length: 420, start: 0, hasIds: false, isBackwards: false };
const reading = { ...day, order: 'desc', limit: 17 } as const;

/** The shortest counterexamples of designs that a model checker broke, as far as requests can bring them about. */
const examples: Operation[][] = [
  // Buckets that a deletion removes beside a writer: the later ones are left without the first.
  [
    { at: 0, kind: 'backlog', backlog },
    { at: 0, kind: 'eraseBesideBacklog', backlog },
    { at: 1, kind: 'replay', part: 0 },
    { at: 0, kind: 'latest', reading },
  ],
  // What a process remembers of ids that were deleted.
  [
    { at: 0, kind: 'backlog', backlog: { ...backlog, hasIds: true } },
    { at: 0, kind: 'backlog', backlog: { ...backlog, hasIds: true, start: 300 } },
    { at: 1, kind: 'eraseBesideBacklog', backlog: { ...backlog, hasIds: true } },
    { at: 0, kind: 'replay', part: 0 },
    { at: 1, kind: 'replay', part: 0 },
    { at: 0, kind: 'erase', device: 0 },
    { at: 1, kind: 'replay', part: 0 },
    { at: 0, kind: 'replay', part: 0 },
  ],
  // An entity tag outlives a deletion.
  [
    { at: 0, kind: 'backlog', backlog },
    { at: 0, kind: 'conditional', reading },
    { at: 1, kind: 'erase', device: 0 },
    { at: 0, kind: 'conditional', reading },
    { at: 1, kind: 'backlog', backlog },
    { at: 0, kind: 'conditional', reading },
  ],
  // A part that is deleted beside writers, and what processes and entity tags remember of it.
  [
    { at: 0, kind: 'backlog', backlog: { ...backlog, hasIds: true } },
    { at: 1, kind: 'replay', part: 0 },
    { at: 0, kind: 'conditional', reading },
    { at: 1, kind: 'erasePart', part: { device: 0, type: 0, from: 17, seconds: 500 } },
    { at: 0, kind: 'conditional', reading },
    { at: 1, kind: 'replay', part: 0 },
    {
      at: 0,
      kind: 'erasePartBeside',
      part: { device: 0, type: 0, from: 500, seconds: 2_100 },
      backlog: { ...backlog, start: 300 },
    },
    { at: 1, kind: 'replay', part: 0 },
    { at: 0, kind: 'summary', reading },
    { at: 0, kind: 'erasePart', part: { device: 0, type: 0, from: undefined, seconds: 1 } },
    { at: 1, kind: 'latest', reading },
    { at: 1, kind: 'replay', part: 0 },
    { at: 1, kind: 'latest', reading },
  ],
  // A process dies while it opens buckets and empties them.
  [
    {
      at: 0,
      kind: 'killBacklog',
      backlog: { ...backlog, hasIds: true },
      afterReplies: 3,
      afterMs: 5,
      isErasing: true,
    },
    { at: 1, kind: 'replay', part: 0 },
    {
      at: 0,
      kind: 'killBacklog',
      backlog: { ...backlog, start: 300 },
      afterReplies: 1,
      afterMs: 0,
      isErasing: false,
    },
    { at: 0, kind: 'replay', part: 0 },
    { at: 0, kind: 'latest', reading },
  ],
];

/** How many operations ran, by kind. */
const counts = new Map<string, number>();
afterAll(() => {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  console.log(`${all} operations: ${[...counts].map((each) => each.join(' ')).join(', ')}`);
});

describe('two services on one database', () => {
  it('answer as the model says, whatever is asked of them', FUZZ, () =>
    fuzz(operations, examples, async (sequence) => {
      const run = createModelRun(processes);
      for (const operation of sequence) {
        await run.run(operation);
        counts.set(operation.kind, (counts.get(operation.kind) ?? 0) + 1);
      }
      await run.checkAll();
    }),
  );
});
