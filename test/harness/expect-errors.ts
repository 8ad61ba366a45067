import type { MockInstance } from 'vitest';
import { vi } from 'vitest';

/** Lets the test write to console.error, and returns what it wrote as the calls of a mock. */
export const expectErrors = (): MockInstance<typeof console.error> =>
  vi.spyOn(console, 'error').mockReturnValue();
