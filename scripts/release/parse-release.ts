import type { commands } from '../command-line/commands.ts';
import type { CommandLine } from '../command-line/read-command.ts';
import { UsageError } from '../command-line/read-command.ts';

export const LEVELS = ['patch', 'minor', 'major'] as const;
export type Level = (typeof LEVELS)[number];

/** What to release; `again` replaces the last release, which must not have a tag yet. */
export type ReleaseOptions = { level: Level | 'again'; notes: string; commit: boolean };

/**
 * Reads what to release.
 * @throws UsageError
 */
export const parseRelease = ({
  options: { again = false, notes = '', commit = false },
  words: [name, ...others],
}: CommandLine<typeof commands.release.options>): ReleaseOptions => {
  const level = again && !name ? 'again' : LEVELS.find((one) => one === name && !again);
  if (!level || others.length > 0) {
    throw new UsageError(`Say what to release: ${LEVELS.join(', ')}, or --again`);
  }
  if (level === 'major' && !notes) {
    throw new UsageError(
      'A major breaks devices that cannot be updated: explain with --notes what happens to them',
    );
  }
  return { level, notes, commit };
};
