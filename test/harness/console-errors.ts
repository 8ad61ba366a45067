import { format } from 'node:util';

const errors: string[] = [];
const write = console.error;

// Once in each worker. A spy of vitest that replaces it keeps its calls from here.
console.error = (...parts: unknown[]): void => {
  errors.push(format(...parts));
  write(...parts);
};

/** Returns what was written to console.error since the last call. */
export const takeConsoleErrors = (): string[] => errors.splice(0);
