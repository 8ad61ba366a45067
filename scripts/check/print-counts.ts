import { countTests } from './count-tests.ts';

// Each argument is a test run: its exit status, and the path of its report, as in 0:dist/report.json.
const runs = process.argv.slice(2).map((argument) => {
  const [, status = '1', report = ''] = /^(\d+):(.*)$/.exec(argument) ?? [];
  return { status: Number(status), report };
});
const { passed, failed, failures } = countTests(runs);
for (const failure of failures) console.log(`failed: ${failure}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
