import { existsSync, readFileSync } from 'node:fs';

/** A command that ran tests: its exit status, and the report that it wrote last. */
export type TestRun = { status: number; report: string };

/** How many tests passed and failed, and what is known of each failure, a line each. */
export type Counts = { passed: number; failed: number; failures: string[] };

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: TestFile[];
};

type TestFile = { name: string; status: string; message?: string; assertionResults: TestResult[] };

type TestResult = { status: string; fullName: string; failureMessages?: string[] };

/**
 * Counts the tests of all runs.
 * @param runs whose reports are the JSON of vitest, or `{ passed, failed }`; without a run, one test failed
 */
export const countTests = (runs: TestRun[]): Counts => {
  const counts = runs.length > 0 ? runs.map(countRun) : [failedOnce('nothing ran')];
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
    failures: counts.flatMap(({ failures }) => failures),
  };
};

/** A run that fails, passes nothing or leaves no report has at least one failure. */
function countRun({ status, report }: TestRun): Counts {
  const counts = readReport(report);
  const { passed, failed } = counts;
  const isRed = status !== 0 || passed === 0;
  if (failed > 0 || !isRed) return counts;
  return { ...failedOnce(`${report}: exit status ${status}, and no test failed`), passed };
}

const failedOnce = (failure: string): Counts => ({ passed: 0, failed: 1, failures: [failure] });

function readReport(path: string): Counts {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  // The run ended before its first test, for instance in vitest's global setup.
  if (text === '') return failedOnce(`${path}: no report`);
  const report: VitestReport | Omit<Counts, 'failures'> = JSON.parse(text);
  return 'testResults' in report ? countVitest(report) : { ...report, failures: [] };
}

function countVitest({ numPassedTests, numFailedTests, testResults }: VitestReport): Counts {
  // A file that does not load, or whose hooks fail, has no failed test of its own: it counts as one.
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + brokenFiles.length,
    failures: testResults.flatMap(describeFailures),
  };
}

function describeFailures({ name, status, message = '', assertionResults }: TestFile): string[] {
  if (status !== 'failed') return [];
  const tests = assertionResults.filter((test) => test.status === 'failed');
  if (tests.length === 0) return [`${name}: ${toLine(message)}`];
  return tests.map(
    ({ fullName, failureMessages = [] }) =>
      `${name} > ${fullName}: ${toLine(failureMessages[0] ?? '')}`,
  );
}

/** What was found, as far as it fits: of a property, its seed and counterexample, too. */
const toLine = (text: string): string =>
  (text.split(/\n\s+at /, 1)[0] ?? '').replace(/\s*\n\s*/g, ' / ').slice(0, 2000);
