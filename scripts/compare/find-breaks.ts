import { readFileSync } from 'node:fs';
import type { Change, Compare } from './compare.ts';
import { findUnseenBreaks } from './find-unseen-breaks.ts';

/** Finds how the contract in the file `today` breaks clients of the one in `base`. */
export const findBreaks = (compare: Compare | undefined, base: string, today: string): string[] => {
  const changes = compare?.(base, today) ?? [];
  return [
    ...changes.filter(({ level }) => level > 1).map((change) => `${toText(change)} (${change.id})`),
    ...findUnseenBreaks(read(base), read(today)),
  ];
};

/** Describes a change and its place. */
export const toText = ({ text, operation, path }: Change): string =>
  operation ? `${operation} ${path}: ${text}` : text;

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
