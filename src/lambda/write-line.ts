import type { WriteLine } from '../telemetry.ts';

/** Writes a line as it is: Lambda wraps those of the console, and CloudWatch would find no metrics or kinds in them. */
export const writeLine: WriteLine = (line) => void process.stdout.write(`${line}\n`);
