import type { Change } from '../compare/compare.ts';
import { toText } from '../compare/find-breaks.ts';

/** A release's entry in CHANGELOG.md: notes, and changes by kind. */
export type Entry = { version: string; date: string; notes: string; kinds: Map<string, string[]> };

const HEADER = `# Changelog

Changes that concern clients, in the format of [Keep a Changelog](https://keepachangelog.com/en/1.1.0/). \`npm run release\`
writes the entries; add notes of your own below a version's heading.
`;

const KINDS: [kind: string, id: RegExp][] = [
  ['Deprecated', /deprecated/],
  ['Removed', /removed|unset/],
  ['Added', /added|^new-|-set$/],
];

/** Groups changes by the headings of Keep a Changelog. */
export const toKinds = (changes: Change[], others: string[]): Map<string, string[]> => {
  const kinds = new Map<string, string[]>();
  const add = (kind: string, text: string) => {
    // A change of several media types is reported once for each, in the same words.
    const texts = kinds.get(kind) ?? [];
    if (!texts.includes(text)) kinds.set(kind, [...texts, text]);
  };
  for (const change of changes) {
    const [kind] = KINDS.find(([, id]) => id.test(change.id)) ?? ['Changed'];
    add(kind, toText(change).replace(/ \(media type: .*\)$/, ''));
  }
  for (const text of others) add('Changed', text);
  return kinds;
};

/** Adds an entry at the top; replaces one of the same version, but keeps its notes. */
export const withEntry = (changelog: string, entry: Entry): string => {
  const [, ...sections] = changelog.split(/^(?=## \[)/m);
  const isSame = (section: string) => section.startsWith(`## [${entry.version}]`);
  const earlier = sections.find(isSame)?.replace(/^.*\n/, '') ?? '';
  const notes = entry.notes || earlier.split(/^### /m)[0]?.trim() || '';
  const others = sections.filter((section) => !isSame(section));
  return [HEADER, toSection({ ...entry, notes }), ...others]
    .map((part) => `${part.trim()}\n`)
    .join('\n');
};

const toSection = ({ version, date, notes, kinds }: Entry): string =>
  [
    `## [${version}] - ${date}`,
    ...(notes ? [notes] : []),
    ...[...kinds].map(
      ([kind, texts]) => `### ${kind}\n\n${texts.map((text) => `- ${text}`).join('\n')}`,
    ),
  ].join('\n\n');
