import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tiers, toConnectionBudget } from '../../cdktf/environment/connection-budget.ts';
import { withTables } from '../../scripts/operations/tables.ts';
import { all, synth, synthText } from '../cdktf/synth.ts';

const page = readFileSync('docs/operations.md', 'utf8');
const stack = synth();

describe('docs/operations.md', () => {
  it('has its tables as the code computes them; npx tsx scripts/operations/write-tables.ts writes them', () => {
    expect(page).toBe(withTables(page));
    for (const tier of tiers) {
      const { processes } = toConnectionBudget(tier);
      expect(page).toMatch(
        new RegExp(`\\| ${tier} .*\\| ${processes.toLocaleString('en-US')} \\|\n`),
      );
    }
  });

  it('tells what to do at each alarm, which tells where', () => {
    const headings = [...page.matchAll(/^### (\w+)$/gm)].map(([, id]) => id).sort();
    const alarms = all(stack, 'aws_cloudwatch_metric_alarm');
    const ids = alarms.map(({ alarm_name: name }) => String(name).split('-').at(-1)).sort();

    expect(headings).toEqual(ids);
    for (const { alarm_description: description, alarm_name: name } of alarms) {
      expect(description).toContain(`docs/operations.md, "${String(name).split('-').at(-1)}"`);
    }
  });

  it('names what there is', () => {
    const text = synthText();
    const names = [...page.matchAll(/(?:\/aws\/\w+\/)?\$name(?:-[a-z]+)?/g)].map(([name]) => name);

    expect(new Set(names).size).toBeGreaterThan(3);
    for (const name of names) {
      expect(text).toContain(`"${name.replace('$name', 'iot-events-production')}"`);
    }
  });

  it('names fields that environments have', () => {
    const source = readFileSync('cdktf/environment/environments.ts', 'utf8');
    const fields = [...page.matchAll(/`(?:cluster|functions|api)\.(\w+)`/g)].map(
      ([, name]) => name,
    );

    expect(new Set(fields).size).toBeGreaterThan(8);
    for (const field of fields) expect(source).toMatch(new RegExp(`readonly ${field}\\??:`));
  });
});

describe.each(['SECURITY.md', 'docs/operations.md'])('%s', (name) => {
  it('names files that are there', () => {
    const paths = [
      ...readFileSync(name, 'utf8').matchAll(/`((?:cdktf|scripts|src|test|docs)\/[^`]+)`/g),
    ];

    expect(paths.length).toBeGreaterThan(3);
    for (const [, path = ''] of paths) expect(existsSync(path), path).toBe(true);
  });
});
