import { toMarkdownTable } from '../../scripts/shared/to-markdown-table.ts';
import type { Outcome } from './check-sdk.ts';
import type { Sdk } from './sdk.ts';

/** The result for one SDK: it was skipped, it could not be built, or it was checked. */
export type Result = { sdk: Sdk; seconds: number } & (
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
    const { sdk, seconds } = result;
    const { generator, version } = sdk;
    const { compiled, checks } = toState(result);
    return [generator, version, compiled, checks, `${seconds.toFixed(0)} s`, toNotes(result)];
  });
  return toMarkdownTable([
    ['generator', 'version', 'compiled', 'checks passed', 'took', 'notes'],
    ...rows,
  ]);
};

function toState(result: Result): { compiled: string; checks: string } {
  if ('skipped' in result) return { compiled: 'skipped', checks: '' };
  if ('broken' in result) return { compiled: '**no**', checks: '' };
  const passed = result.outcomes.filter(({ fault, known }) => !fault && !known).length;
  return { compiled: 'yes', checks: `${passed} of ${result.outcomes.length}` };
}

function toNotes(result: Result): string {
  if ('skipped' in result) return result.skipped;
  if ('broken' in result) return 'see above';
  const faults = result.outcomes.flatMap(({ check, fault, known }) => {
    if (fault) return [`**fails: ${check}**`];
    return known ? [`known to fail: ${check} (${known})`] : [];
  });
  return [...faults, ...(result.sdk.notes ? [result.sdk.notes] : [])].join('; ');
}
