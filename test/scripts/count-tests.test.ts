import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { countTests } from '../../scripts/check/count-tests.ts';

const directory = mkdtempSync(join(tmpdir(), 'iot-events-count-'));
afterAll(() => rmSync(directory, { recursive: true }));

let reports = 0;
function write(report: object | string): string {
  const path = join(directory, `${reports++}.json`);
  writeFileSync(path, typeof report === 'string' ? report : JSON.stringify(report));
  return path;
}

/** What vitest writes; each letter of a file is a test that passed, failed or was skipped. */
function vitestReport(...files: [status: string, tests: string][]): string {
  const all = files.map(([, tests]) => tests).join('');
  const count = (letter: string) => all.split(letter).length - 1;
  const STATUS: Record<string, string> = { p: 'passed', f: 'failed', s: 'skipped' };
  return write({
    numPassedTests: count('p'),
    numFailedTests: count('f'),
    testResults: files.map(([status, tests]) => ({
      name: 'some.test.ts',
      status,
      message: 'no such module\n    at ...',
      assertionResults: [...tests].map((letter) => ({
        status: STATUS[letter],
        fullName: 'it works',
        failureMessages: letter === 'f' ? ['Error: not 2\n    at ...'] : [],
      })),
    })),
  });
}

describe('the count of the tests', () => {
  it.each<[title: string, status: number, report: () => string, passed: number, failed: number]>([
    ['all passed', 0, () => vitestReport(['passed', 'ppp'], ['passed', 'ps']), 4, 0],
    ['some failed', 1, () => vitestReport(['passed', 'pp'], ['failed', 'pff']), 3, 2],
    ['a file does not load', 1, () => vitestReport(['passed', 'pp'], ['failed', '']), 2, 1],
    ['a hook of a file fails', 1, () => vitestReport(['failed', 'pss'], ['failed', 'f']), 1, 2],
    ['an error that no test has', 1, () => vitestReport(['passed', 'pp']), 2, 1],
    ['no test ran', 0, () => vitestReport(['skipped', 'ss']), 0, 1],
    ['the report is empty', 1, () => write(''), 0, 1],
    ['the report is missing', 0, () => join(directory, 'none.json'), 0, 1],
    ['plain counts', 0, () => write({ passed: 12, failed: 0 }), 12, 0],
    ['plain counts with failures', 1, () => write({ passed: 12, failed: 2 }), 12, 2],
    ['plain counts of a command that failed', 1, () => write({ passed: 12, failed: 0 }), 12, 1],
  ])('is right if %s', (_, status, report, passed, failed) => {
    expect(countTests([{ status, report: report() }])).toMatchObject({ passed, failed });
  });

  it('is one failure if nothing ran', () => {
    expect(countTests([])).toMatchObject({ passed: 0, failed: 1 });
  });

  it('names each failure', () => {
    const runs = [
      { status: 1, report: vitestReport(['failed', 'pf'], ['failed', '']) },
      { status: 1, report: 'none.json' },
    ];

    expect(countTests(runs).failures).toEqual([
      'some.test.ts > it works: Error: not 2',
      'some.test.ts: no such module',
      'none.json: no report',
    ]);
  });

  it.each([
    [0, /^5 passed, 0 failed\n$/],
    [1, /^failed: .*: exit status 1, and no test failed\n5 passed, 1 failed\n$/],
  ])(
    'is the last line for all runs, and the exit status, if the last one ends with %i',
    { tags: 'long' },
    (end, lines) => {
      const first = vitestReport(['passed', 'ppp']);
      const last = write({ passed: 2, failed: 0 });
      const args = ['scripts/check/print-counts.ts', `0:${first}`, `${end}:${last}`];

      const { status, stdout } = spawnSync('node_modules/.bin/tsx', args, { encoding: 'utf8' });

      expect(status).toBe(end);
      expect(stdout).toMatch(lines);
    },
  );
});
