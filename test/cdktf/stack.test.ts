import { describe, expect, it } from 'vitest';
import { environmentOf, synth, synthText } from './synth.ts';

const stack = synth();
const text = JSON.stringify(stack);

describe('the stack', () => {
  it('holds no secret', () => {
    expect(stack.variable.rest_api_key).toMatchObject({ sensitive: true, default: '' });
    expect(text).not.toMatch(/password|private_key|secret_key|access_key/i);
  });

  it('tells the address, the key and where the image goes', () => {
    expect(Object.keys(stack.output)).toEqual([
      'api_url',
      'dashboard_url',
      'docs_url',
      'image_repository',
      'keys_function',
    ]);
    expect(stack.output.api_url?.value).toMatch(
      /^\$\{aws_api_gateway_stage\.\w+\.invoke_url\}\/events$/,
    );
  });

  it('comes out byte for byte the same', () => {
    expect(synthText()).toBe(synthText());
  });

  it('keeps its state beside cdktf.json, without a path of this machine', () => {
    expect(stack.terraform.backend).toEqual({
      local: { path: '../../../terraform.iot-events-production.tfstate' },
    });
    expect(text).not.toContain(process.cwd());
  });

  it("keeps its state in S3, with S3's own lock, where it is told to", () => {
    const state = { bucket: 'states', region: 'eu-west-1' };

    expect(synth({ ...environmentOf('production'), state }).terraform.backend).toEqual({
      s3: { ...state, key: 'iot-events-production.tfstate', encrypt: true, use_lockfile: true },
    });
  });

  it('has names of its own in each environment', () => {
    const [production, staging] = ['production', 'staging'].map((name) =>
      JSON.stringify(synth(environmentOf(name))),
    );

    expect(production).not.toContain('iot-events-staging');
    expect(staging).not.toContain('iot-events-production');
  });
});
