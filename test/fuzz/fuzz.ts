import fc from 'fast-check';
import { expect } from 'vitest';

// `npm run fuzz -- --seconds 600` takes that long for each property; `--seed …`, as printed, repeats a run.
const SECONDS = Number(process.env.FUZZ_SECONDS || '1');
const SEED = Number(process.env.FUZZ_SEED || Date.now() % 2 ** 31);
// So few, that a failure is found again at once by its seed.
const RUNS_OF_A_SEED = 50;
const SHRINK_MS = 30_000;

/** The options of a test of one property: it may take its time, and that for shrinking and starting. */
export const FUZZ = { tags: 'fuzz', timeout: SECONDS * 1_000 + SHRINK_MS + 60_000 };

/**
 * Checks a property for its examples, then for generated values until the time is up. It ends between two
 * runs, which fast-check's own limit does not, so that no request is left under way.
 */
export const fuzz = async <Value>(
  arbitrary: fc.Arbitrary<Value>,
  examples: Value[],
  property: (value: Value) => Promise<void>,
): Promise<void> => {
  const started = performance.now();
  let end = started + SECONDS * 1_000;
  let runs = 0;
  let hasFailed = false;
  const run = async (value: Value): Promise<void> => {
    if (performance.now() > end && runs >= examples.length) return;
    runs += 1;
    try {
      await property(value);
    } catch (error) {
      if (!hasFailed) end = performance.now() + SHRINK_MS;
      hasFailed = true;
      throw error;
    }
  };
  let seed = SEED;
  try {
    for (; performance.now() < end || seed === SEED; seed += 1) {
      await fc.assert(fc.asyncProperty(arbitrary, run), {
        seed,
        // Reports have no causes.
        includeErrorInReport: true,
        numRuns: RUNS_OF_A_SEED + (seed === SEED ? examples.length : 0),
        examples: seed === SEED ? examples.map((example): [Value] => [example]) : [],
      });
    }
  } finally {
    const seconds = ((performance.now() - started) / 1_000).toFixed(1);
    const { currentTestName } = expect.getState();
    const from = hasFailed ? `fails with FUZZ_SEED=${seed}` : `from FUZZ_SEED=${SEED}`;
    console.log(`${currentTestName}: ${runs} runs in ${seconds} s, ${from}`);
  }
  expect(runs).toBeGreaterThanOrEqual(Math.max(1, examples.length));
};
