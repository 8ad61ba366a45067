import { toMarkdownTable } from '../shared/to-markdown-table.ts';
import type { Row, Skipped } from './run-fault.ts';

/** The content of docs/faults.json: one run of all faults. */
export type FaultResults = {
  date: string;
  commit: string;
  machine: string;
  /** How each fault is brought about, by its name. */
  how: Record<string, string>;
  rows: (Row | Skipped)[];
};

const HEAD = [
  'fault',
  'database',
  'sent',
  'acknowledged',
  'found once',
  'found twice',
  'lost',
  'longest wait, s',
  'recovery, s',
];

/** Shows the results as a table, with a line on the run below it. */
export const toFaultTable = ({ date, commit, machine, how, rows }: FaultResults): string => {
  const table = toMarkdownTable(
    [HEAD, ...rows.map(toCells)],
    ['', '', ...HEAD.slice(2).map(() => 'r')],
  );
  const list = Object.entries(how).map(([name, text]) => `- *${name}*: ${text}`);
  for (const row of rows) {
    if ('skipped' in row || !row.excuse || row.lost === 0) continue;
    list.push(`- *${row.fault}*, ${row.engine}, ${row.lost} lost: ${row.excuse.why}`);
  }
  const run = `Measured on ${date}, commit ${commit}, ${machine}.`;
  return `${[table, '', ...list, '', run].join('\n')}\n`;
};

function toCells(row: Row | Skipped): string[] {
  if ('skipped' in row) return [row.fault, row.engine, `not tried: ${row.skipped}`];
  const { sent, acknowledged, once, twice, lost, longestMs, recoveryMs } = row;
  const counts = [sent, acknowledged, once, twice, lost].map((count) =>
    count.toLocaleString('en-US'),
  );
  return [row.fault, row.engine, ...counts, toSeconds(longestMs), toSeconds(recoveryMs)];
}

const toSeconds = (ms: number | null): string => (ms === null ? 'never' : (ms / 1_000).toFixed(2));

/**
 * The rows in which the service did not keep its promise: an event lost or stored twice, or no recovery. What a
 * database is known to lose by itself is none of them.
 */
export const findBroken = (rows: (Row | Skipped)[]): (Row | Skipped)[] =>
  rows.filter((row) => !('skipped' in row) && isBroken(row));

const isBroken = ({ lost, twice, recoveryMs, excuse }: Row): boolean =>
  lost > (excuse?.lost ?? 0) || twice > 0 || recoveryMs === null;
