import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { findMissingPackages } from './scripts/shared/find-missing-packages.ts';

/** The tests that make stacks, and those that serve pages by the rules of a stack. */
const OF_INFRASTRUCTURE = [
  'test/cdktf/**',
  'test/database/connection-budget.test.ts',
  'test/docs/deployed-dashboard.test.ts',
  'test/docs/site.test.ts',
  'test/scripts/{cost,operations}.test.ts',
];
const missing = findMissingPackages();
if (missing.length > 0) {
  console.warn(`Skipped, since ${missing.join(', ')} are not installed: ${OF_INFRASTRUCTURE}`);
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(missing.length > 0 ? OF_INFRASTRUCTURE : [])],
    // Most tests wait for another process, or for a timeout, for some of their time.
    maxWorkers: Math.min(8, Math.ceil(availableParallelism() * 1.5)),
    // Loading the modules again for each file costs more than the tests; setup.ts undoes what a file changed.
    isolate: false,
    tags: [
      { name: 'long', description: 'Takes minutes: npm run test:long', timeout: 300_000 },
      { name: 'engine', description: 'A long test that npm run test:engine runs, too' },
      { name: 'fuzz', description: 'Runs for FUZZ_SECONDS; longer with npm run test:long' },
    ],
    globalSetup: ['test/harness/global-setup.ts'],
    setupFiles: ['test/harness/setup.ts'],
    // Far beyond what any takes on a quiet machine: CI may be busy.
    testTimeout: 90_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
