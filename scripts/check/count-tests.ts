import { existsSync, readFileSync } from 'node:fs';

/** A command that ran tests: its exit status, and the report that it wrote last. */
export type TestRun = { status: number; report: string };

export type Counts = { passed: number; failed: number };

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
};

/**
 * Counts the tests of all runs.
 * @param runs whose reports are the JSON of vitest, or `{ passed, failed }`; without a run, one test failed
 */
export const countTests = (runs: TestRun[]): Counts => {
  const counts = runs.length > 0 ? runs.map(countRun) : [{ passed: 0, failed: 1 }];
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  };
};

/** A run that fails, passes nothing or leaves no report has at least one failure. */
function countRun({ status, report }: TestRun): Counts {
  const { passed, failed } = readReport(report);
  const isGreen = status === 0 && passed > 0;
  return { passed, failed: Math.max(failed, isGreen ? 0 : 1) };
}

function readReport(path: string): Counts {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  // The run ended before its first test, for instance in vitest's global setup.
  if (text === '') return { passed: 0, failed: 1 };
  const report: VitestReport | Counts = JSON.parse(text);
  return 'testResults' in report ? countVitest(report) : report;
}

function countVitest({ numPassedTests, numFailedTests, testResults }: VitestReport): Counts {
  // A file that does not load, or whose hooks fail, has no failed test of its own: it counts as one.
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return { passed: numPassedTests, failed: numFailedTests + brokenFiles.length };
}
