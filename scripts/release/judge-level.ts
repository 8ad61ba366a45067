import type { Level } from './parse-release.ts';
import { LEVELS } from './parse-release.ts';

/** Finds the changes that are too large for the level. */
export const judgeLevel = (
  level: Level,
  breaks: string[],
  before: object,
  today: object,
): string[] => {
  const isNew = JSON.stringify(before, isNoWord) !== JSON.stringify(today, isNoWord);
  const needed: Level = breaks.length > 0 ? 'major' : isNew ? 'minor' : 'patch';
  if (LEVELS.indexOf(level) >= LEVELS.indexOf(needed)) return [];
  if (needed === 'minor') return ['more than wording changed in the contract: this is a minor'];
  return breaks.map((fault) => `this is no ${level}, since it breaks clients: ${fault}`);
};

const WORDS = new Set(['description', 'summary', 'title', 'x-rule', 'version']);

/** A property may also be named `title`: then the value is a schema. */
const isNoWord = (key: string, value: unknown): unknown =>
  (WORDS.has(key) && typeof value === 'string') || key.startsWith('example') ? undefined : value;
