// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Terraform's templates
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import infrastructure from '../../cdktf/package.json' with { type: 'json' };
import { only, synth } from './synth.ts';

const source = readdirSync('cdktf', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(`cdktf/${name}`, 'utf8'))
  .join('\n');

const NESTED = /(?<!\$)\$\{[^}]*(?<!\$)\$\{/;

describe("CDKTF's traps", () => {
  it('loads each resource by itself: a whole provider costs seconds', () => {
    const paths = [...source.matchAll(/from '(@cdktf\/[^']+)'/g)].map(([, path]) => path);

    expect(paths.length).toBeGreaterThan(30);
    for (const path of paths) expect(path).toMatch(/\/lib\/[a-z0-9-]+\/index\.js$/);
  });

  it.each([
    ['DataResource', 'runs terraform during the synthesis'],
    ['jsonencode', 'breaks on quotes, and turns [1,null] into [1]'],
    ['local-exec', 'runs where nobody expects it'],
  ])('does without %s, which %s', (name) => {
    expect(source).not.toContain(name);
  });

  it('pins CDKTF exactly, since no fix will come', () => {
    const pins = Object.entries(infrastructure.dependencies).filter(([name]) =>
      name.includes('cdktf'),
    );

    expect(pins).toHaveLength(3);
    for (const [, version] of pins) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('names the stage once, at the stage', () => {
    const stack = synth();

    expect(only(stack, 'aws_api_gateway_deployment')).not.toHaveProperty('stage_name');
    expect(only(stack, 'aws_api_gateway_stage')).toHaveProperty('stage_name');
  });

  it('writes no expression inside an expression, as CDKTF does with a second token', () => {
    expect('a ${f(${b})}').toMatch(NESTED);
    expect('${a} ${b}').not.toMatch(NESTED);
    expect(JSON.stringify(synth())).not.toMatch(NESTED);
  });

  it('resolves every token', () => {
    expect(JSON.stringify(synth())).not.toMatch(/TfToken|\bundefined\b|-1\.8881545897087/);
  });
});
