import { afterAll, afterEach, expect, vi } from 'vitest';
import { takeConsoleErrors } from './console-errors.ts';

// On a busy machine the database may be too slow for a request, which is then sent again: no fault of the code.
const isFault = (line: string): boolean =>
  !line.includes('"name":"EventStoreUnavailable","message":"The database took longer than');

const expectNoErrors = (): void => {
  const faults = takeConsoleErrors().filter(isFault).join('\n');
  expect(faults, 'A test that writes errors calls expectErrors()').toBe('');
};

// Test files share a worker's process and modules: what one of them changed must not reach the next.
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  expectNoErrors();
});
afterAll(() => {
  vi.unstubAllEnvs();
  expectNoErrors();
  // Vitest fails a run for these, but only as long as its own listener is the only one.
  for (const event of ['unhandledRejection', 'uncaughtException'])
    expect([event, process.listenerCount(event)]).toEqual([event, 1]);
});
