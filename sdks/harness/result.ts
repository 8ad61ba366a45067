import { toMarkdownTable } from '../../scripts/shared/to-markdown-table.ts';
import type { CheckName } from './check-name.ts';
import { CHECK_NAMES } from './check-name.ts';
import type { Outcome } from './check-sdk.ts';
import type { Sdk } from './sdk.ts';

/** The result for one SDK: it was skipped, it could not be built, or it was checked. */
export type Result = { name: string; sdk: Sdk; seconds: number } & (
  | { skipped: string }
  | { broken: string }
  | { outcomes: Outcome[] }
);

/** How many checks passed and failed. */
export type Count = { passed: number; failed: number };

/** Counts the results. Compiling an SDK counts as one check. */
export const count = (results: Result[]): Count => {
  const counts = results.map((result) => {
    if ('skipped' in result) return { passed: 0, failed: 0 };
    if ('broken' in result) return { passed: 0, failed: 1 };
    const failed = result.outcomes.filter(({ fault }) => fault).length;
    const known = result.outcomes.filter((outcome) => outcome.known).length;
    return { passed: 1 + result.outcomes.length - failed - known, failed };
  });
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  };
};

/** Formats the results as a Markdown table. */
export const toTable = (results: Result[]): string => {
  const rows = results.map((result) => {
    const { name, sdk, seconds } = result;
    const { generator, version } = sdk;
    const { compiled, checks } = toState(result);
    return [name, generator, version, compiled, checks, `${seconds.toFixed(0)} s`, toNotes(result)];
  });
  return toMarkdownTable([
    ['name', 'generator', 'version', 'compiled', 'checks passed', 'took', 'notes'],
    ...rows,
  ]);
};

/** Formats the outcome of each check for each SDK: passed, failed, or the number of a known fault. */
export const toCaseTable = (results: Result[]): string => {
  const faults = listKnownFaults(results);
  const toCell = (check: CheckName) => (result: Result) => {
    const outcome = 'outcomes' in result && result.outcomes.find((each) => each.check === check);
    if (!outcome) return '';
    if (outcome.fault) return '**fails**';
    return isKnown(outcome) ? `no (${faults.indexOf(outcome) + 1})` : 'yes';
  };
  return toMarkdownTable([
    ['case', ...results.map(({ name }) => name)],
    ...CHECK_NAMES.map((check) => [check, ...results.map(toCell(check))]),
  ]);
};

/** Formats the known faults, with the generators' issues. */
export const toFaultTable = (results: Result[]): string =>
  toMarkdownTable([
    ['', 'SDK', 'case', 'fault', 'issue'],
    ...results.flatMap((result) =>
      listKnownFaults([result]).map((outcome) => {
        const number = listKnownFaults(results).indexOf(outcome) + 1;
        const { fault, issue } = outcome.known;
        return [`${number}`, result.name, outcome.check, fault, issue ?? 'none found'];
      }),
    ),
  ]);

/** Formats what checks saw that SDKs sent. */
export const toSeenTable = (results: Result[]): string => {
  const checks = CHECK_NAMES.filter((check) => results.some((result) => findSeen(result, check)));
  return toMarkdownTable([
    ['SDK', ...checks],
    ...results.map((result) => [result.name, ...checks.map((check) => findSeen(result, check))]),
  ]);
};

function findSeen(result: Result, check: CheckName): string {
  if (!('outcomes' in result)) return '';
  return result.outcomes.find((outcome) => outcome.check === check)?.saw ?? '';
}

type KnownOutcome = Outcome & { known: NonNullable<Outcome['known']> };

const isKnown = (outcome: Outcome): outcome is KnownOutcome => outcome.known !== undefined;

const listKnownFaults = (results: Result[]): KnownOutcome[] =>
  results.flatMap((result) => ('outcomes' in result ? result.outcomes : [])).filter(isKnown);

function toState(result: Result): { compiled: string; checks: string } {
  if ('skipped' in result) return { compiled: 'skipped', checks: '' };
  if ('broken' in result) return { compiled: '**no**', checks: '' };
  const passed = result.outcomes.filter(({ fault, known }) => !fault && !known).length;
  return { compiled: 'yes', checks: `${passed} of ${result.outcomes.length}` };
}

function toNotes(result: Result): string {
  if ('skipped' in result) return result.skipped;
  if ('broken' in result) return 'see above';
  const failed = result.outcomes.filter(({ fault }) => fault);
  const faults = failed.map(({ check }) => `**fails: ${check}**`);
  return [...faults, ...(result.sdk.notes ? [result.sdk.notes] : [])].join('; ');
}
