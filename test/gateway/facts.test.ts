import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../gateway/lint/rules.ts';

const PAGE = 'gateway/facts.md';
const listed = [...readFileSync(PAGE, 'utf8').matchAll(/^(\d+)\. /gm)].map(([, number]) =>
  Number(number),
);
const FILES = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .stdout.split('\n')
  .filter((path) => path && existsSync(path) && !path.endsWith('package-lock.json'));

describe('the facts about API Gateway', () => {
  it('are each listed once', () => {
    expect(listed.length).toBeGreaterThan(50);
    expect(listed).toEqual([...new Set(listed)].sort((a, b) => a - b));
  });

  it('include every fact that a file cites', () => {
    const cited = FILES.map((file) => ({ file, facts: findCited(readFileSync(file, 'utf8')) }));

    const wrong = cited.flatMap(({ file, facts }) =>
      facts.filter((fact) => !listed.includes(fact)).map((fact) => `${file} cites fact ${fact}`),
    );

    // This file itself cites one, below.
    expect([...new Set(wrong)]).toEqual(['test/gateway/facts.test.ts cites fact 999']);
    expect(cited.flatMap(({ facts }) => facts).length).toBeGreaterThan(100);
  });

  it('include the fact of every rule of the linter', () => {
    expect(rules.map(({ fact }) => fact).filter((fact) => !listed.includes(fact))).toEqual([]);
  });

  it.each([
    ['as documented (fact 999)', [999]],
    ['Fact 54.', [54]],
    ['    fact: 13,', [13]],
    ['(facts 1–3)', [1, 2, 3]],
    ['(facts 51 to 53)', [51, 52, 53]],
    ['(facts 13, 22 and 35)', [13, 22, 35]],
    ['facts 29\n  // and 31', [29, 31]],
    ['in the order of this artifact 5', []],
  ])('are found in %j', (text, facts) => {
    expect(findCited(text)).toEqual(facts);
  });
});

/** The numbers of the facts that a text cites, such as 1, 2, 3 and 5 of "facts 1–3 and 5". */
function findCited(text: string): number[] {
  const unwrapped = text.replace(/\n\s*(?:\/\/|\*|#)?\s*/g, ' ');
  const citations = unwrapped.matchAll(/\bfacts?:? (\d+(?:(?: ?[–-] ?| to |, | and )\d+)*)/gi);
  return [...citations].flatMap(([, numbers = '']) =>
    numbers.split(/, | and /).flatMap((part) => {
      const [first = 0, last = first] = part.split(/ ?[–-] ?| to /).map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    }),
  );
}
