import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Whether a built file is newer than all files and folders that it is built from. */
export const isCurrent = (built: string, sources: readonly string[]): boolean => {
  const made = statSync(built, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return sources.every((source) => newest(join(ROOT, source)) < made);
};

/** Includes the times of folders, which change when a file is removed. */
function newest(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  const below = readdirSync(path).map((name) => newest(join(path, name)));
  return Math.max(mtimeMs, ...below);
}
