import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIST } from '../places.ts';

const running = new Map<string, Promise<string>>();

/** Fills a folder that builds and later runs share. Fills it again when the file that pins its versions changes. */
export const once = (
  name: string,
  pins: string,
  fill: (directory: string) => Promise<void>,
): Promise<string> => {
  const filled = running.get(name) ?? fillOnce(name, pins, fill);
  running.set(name, filled);
  return filled;
};

async function fillOnce(
  name: string,
  pins: string,
  fill: (directory: string) => Promise<void>,
): Promise<string> {
  const directory = join(DIST, 'shared', name);
  const stamp = join(directory, '.made-of');
  const madeOf = createHash('sha256').update(readFileSync(pins)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === madeOf) return directory;
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  await fill(directory);
  writeFileSync(stamp, madeOf);
  return directory;
}
