import { toMarkdownTable } from '../../scripts/shared/to-markdown-table.ts';
import type { Results, Run } from './results.ts';
import type { Table, Target } from './section.ts';
import { toText } from './statistics.ts';

/** Formats results.md: the targets, then every table and chart. */
export const toMarkdown = (results: Results): string =>
  [
    '# Results',
    '',
    'Written by `npm run bench`. Compare only figures within a section: times differ between machines, and from hour to hour.',
    '',
    toTargetTable(results),
    ...Object.entries(results).map(([name, run]) => toSection(name, run)),
  ].join('\n');

function toTargetTable(results: Results): string {
  const rows = Object.values(results)
    .flatMap(({ section }) => section.targets)
    .map((target) => [target.what, toWanted(target), toText(target.got), toVerdict(target)]);
  return toTable({ title: '', columns: ['', 'target', 'measured', 'verdict'], rows });
}

const toWanted = (target: Target): string =>
  'atMost' in target ? `≤ ${toText(target.atMost)}` : `≥ ${toText(target.atLeast)}`;

function toVerdict(target: Target): string {
  const missedBy = 'atMost' in target ? target.got / target.atMost : target.atLeast / target.got;
  return missedBy <= 1 ? 'met' : `**missed** by a factor of ${toText(missedBy)}`;
}

const toSection = (name: string, { section, date, seconds, commit, machine, load }: Run): string =>
  [
    `## ${section.title}`,
    '',
    `\`npm run bench -- ${name}\`, ${date}, commit ${commit}, ${Math.round(seconds)} s, ${machine}, load average ${load.toFixed(1)} before.`,
    '',
    ...section.notes.map((note) => `- ${note}`),
    '',
    ...section.charts.map(({ name: file, title }) => `![${title}](${file}.svg)\n`),
    ...section.tables.map(toTable),
  ].join('\n');

const toTable = ({ title, columns, rows }: Table): string =>
  [...(title ? [`**${title}**`, ''] : []), toMarkdownTable([columns, ...rows]), ''].join('\n');
