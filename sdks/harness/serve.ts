import { createInterface } from 'node:readline';
import type { Driver } from './driver.ts';

type Command = { op: keyof Driver; args: never; key: string };

/** Answers the suite: reads commands, one line of JSON each, and prints a line of JSON for each. */
export const serve = async (create: (url: string, key: string) => Driver): Promise<void> => {
  for await (const line of createInterface(process.stdin)) {
    const { op, args, key }: Command = JSON.parse(line);
    const driver = create(process.env.BASE_URL ?? '', key);
    const reply = await driver[op](args).catch((error) => ({ error: String(error?.stack) }));
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
};
