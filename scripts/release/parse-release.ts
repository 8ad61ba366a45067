import { parseArgs } from 'node:util';

export const LEVELS = ['patch', 'minor', 'major'] as const;
export type Level = (typeof LEVELS)[number];

/** What to release; `again` replaces the last release, which must not have a tag yet. */
export type ReleaseOptions = { level: Level | 'again'; notes: string; commit: boolean };

const USAGE = `Usage: npm run release -- patch|minor|major [--notes TEXT] [--commit]
       npm run release -- --again [--notes TEXT] [--commit]    replaces the last release, until it has a tag`;

/** Parses the command line; returns an error message if it is wrong. */
export const parseRelease = (args: string[]): ReleaseOptions | string => {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        again: { type: 'boolean', default: false },
        notes: { type: 'string', default: '' },
        commit: { type: 'boolean', default: false },
      },
    });
    const { again, notes, commit } = values;
    const [name, ...others] = positionals;
    const level = again && !name ? 'again' : LEVELS.find((one) => one === name && !again);
    if (!level || others.length > 0) return USAGE;
    if (level === 'major' && !notes) {
      return 'A major breaks devices that cannot be updated: explain with --notes what happens to them';
    }
    return { level, notes, commit };
  } catch (error) {
    return `${(error as Error).message}\n${USAGE}`;
  }
};
