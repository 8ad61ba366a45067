import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether Terraform can be asked; without it, the tests that ask it are skipped with a warning. */
export const hasTerraform = spawnSync('terraform', ['version']).status === 0;
if (!hasTerraform) console.warn('No expression is evaluated: terraform is not installed');

export type Evaluated = { status: number | null; stderr: string; outputs: Record<string, unknown> };

/** Asks Terraform for the values of outputs. It needs no provider for that. */
export const evaluate = (configuration: {
  locals: Record<string, unknown>;
  output: Record<string, { value: unknown }>;
}): Evaluated => {
  const directory = mkdtempSync(join(tmpdir(), 'iot-events-expression-'));
  writeFileSync(join(directory, 'main.tf.json'), JSON.stringify(configuration));
  const terraform = (...args: string[]) =>
    spawnSync('terraform', args, { cwd: directory, encoding: 'utf8' });
  const { status, stderr } = terraform('apply', '-auto-approve', '-input=false', '-no-color');
  const outputs: Record<string, { value: unknown }> = JSON.parse(
    terraform('output', '-json').stdout,
  );
  rmSync(directory, { recursive: true });
  const values = Object.entries(outputs).map(([name, { value }]) => [name, value]);
  return { status, stderr, outputs: Object.fromEntries(values) };
};
