import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { synthText } from './synth.ts';

const hasTerraform = spawnSync('terraform', ['version']).status === 0;
if (!hasTerraform) console.warn('Real Terraform is not asked: terraform is not installed');

describe.skipIf(!hasTerraform)('cdktf deploy and terraform apply', () => {
  const directory = mkdtempSync(join(tmpdir(), 'iot-events-variables-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  /** Has real Terraform look at the variables of the stack alone, which needs no provider. */
  const plan = (env: Record<string, string>) => {
    const { variable, terraform } = JSON.parse(synthText());
    const { required_version } = terraform;
    writeFileSync(
      join(directory, 'main.tf.json'),
      JSON.stringify({ variable, terraform: { required_version } }),
    );
    const { status, stderr } = spawnSync('terraform', ['plan', '-input=false', '-no-color'], {
      cwd: directory,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        CHECKPOINT_DISABLE: '1',
        TF_VAR_atlas_org_id: '0123456789abcdef01234567',
        ...env,
      },
    });
    return { status, lines: stderr.split('\n').map((line) => line.replace(/^│? */, '')) };
  };

  it('stop with one line that names npm run deploy, before anything is planned', () => {
    const { status, lines } = plan({});

    expect(status).toBe(1);
    expect(lines).toContain('Use npm run deploy -- production, which builds, checks and proves.');
    expect(lines.filter((line) => line.startsWith('Error: '))).toHaveLength(1);
  });

  it('plan with the tag that npm run deploy gives', () => {
    expect(plan({ TF_VAR_image_tag: '0123456789abcdef' })).toMatchObject({ status: 0 });
  });

  it('are told what is wrong with another tag', () => {
    const { lines } = plan({ TF_VAR_image_tag: 'latest' });

    expect(lines).toContain('TF_VAR_image_tag must be 12 to 64 hexadecimal digits.');
  });

  it('need the version of Terraform that a deployment needs', () => {
    expect(JSON.parse(synthText()).terraform.required_version).toBe('>= 1.11.0');
  });
});
