import type { Tokens } from 'marked';
import { lexer } from 'marked';
import { describe, expect, it } from 'vitest';
import { toMarkdown } from '../../bench/report/to-markdown.ts';
import { toTable } from '../../sdks/harness/result.ts';

const CELL = 'fails: `a | b`,\nand more';

/** The cells of the tables of a text, as a reader sees them. */
const readRows = (markdown: string): string[][] =>
  lexer(markdown)
    .filter((token): token is Tokens.Table => token.type === 'table')
    .flatMap(({ rows }) => rows.map((cells) => cells.map(({ text }) => text)));

describe('a cell with a pipe and a line break stays one cell', () => {
  it('in the report of the SDKs', () => {
    const sdk = { generator: 'g', version: '1', needs: [], build: async () => [] };
    const table = toTable([{ name: 'n', sdk, seconds: 2, skipped: CELL }]);

    expect(readRows(table)).toEqual([
      ['n', 'g', '1', 'skipped', '', '2 s', 'fails: `a | b`, and more'],
    ]);
  });

  it('in the results of the bench', () => {
    const table = { title: 'a', columns: ['what', 'took'], rows: [[CELL, '1']] };
    const section = { title: 's', notes: [], charts: [], targets: [], tables: [table] };
    const run = { date: '', seconds: 1, commit: 'c', machine: 'm', load: 0 };

    expect(readRows(toMarkdown({ cold: { section, ...run } }))).toEqual([
      ['fails: `a | b`, and more', '1'],
    ]);
  });
});
