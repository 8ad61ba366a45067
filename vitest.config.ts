import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // They wait for others more than they work: one core needs not be left free.
    maxWorkers: '100%',
    // Loading the modules again for each file costs more than the tests; setup.ts undoes what a file changed.
    isolate: false,
    tags: [
      { name: 'long', description: 'Takes minutes: npm run test:long', timeout: 300_000 },
      { name: 'fuzz', description: 'Runs for FUZZ_SECONDS; longer with npm run test:long' },
    ],
    globalSetup: ['test/harness/global-setup.ts'],
    setupFiles: ['test/harness/setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
  },
});
