import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findMissing } from '../../scripts/deploy/check/find-missing.ts';
import {
  findOrganisationFaults,
  toOrganisation,
} from '../../scripts/deploy/check/find-organisation-faults.ts';
import { pushImage } from '../../scripts/deploy/push-image.ts';

const env = {
  TF_VAR_atlas_org_id: '0123456789abcdef01234567',
  MONGODB_ATLAS_PUBLIC_KEY: 'public',
  MONGODB_ATLAS_PRIVATE_KEY: 'private',
};

describe('what a deployment needs', () => {
  it('is complete with three variables and three commands', () => {
    expect(findMissing(env, () => true)).toEqual([]);
  });

  it.each(Object.keys(env))('includes %s', (name) => {
    expect(findMissing({ ...env, [name]: '' }, () => true)).toEqual([
      expect.stringMatching(`^${name} is not set: `),
    ]);
  });

  it.each([
    ['docker', 'docker does not answer'],
    ['terraform', 'terraform is not installed'],
    ['aws', 'AWS does not know you'],
  ])('includes %s', (absent, reason) => {
    expect(findMissing(env, (command) => command !== absent)).toEqual([
      expect.stringContaining(reason),
    ]);
  });
});

describe('the Atlas organisation', () => {
  const [MINE, OTHER] = ['0'.repeat(24), '1'.repeat(24)] as const;
  const stack = { resource: {}, variable: { atlas_org_id: { default: MINE } } };
  const project = (values: object) => [
    { address: 'mongodbatlas_project.a', type: 'mongodbatlas_project', values: { ...values } },
  ];

  it('comes from environments.ts, or from the shell', () => {
    expect(toOrganisation({}, stack)).toBe(MINE);
    expect(toOrganisation({ TF_VAR_atlas_org_id: OTHER }, { resource: {} })).toBe(OTHER);
    expect(findOrganisationFaults(project({ org_id: MINE }), { stack, env: {} })).toEqual([]);
    expect(findOrganisationFaults(project({}), { stack, env: {} })).toEqual([]);
  });

  it('is not changed without a word', () => {
    const shell = { stack, env: { TF_VAR_atlas_org_id: OTHER } };
    expect(findOrganisationFaults([], shell)).toMatchObject([{ word: 'organisation' }]);
    const moved = findOrganisationFaults(project({ org_id: OTHER }), { stack, env: {} });
    expect(moved).toMatchObject([
      { word: 'organisation', message: expect.stringContaining(`organisation ${OTHER}`) },
    ]);
  });
});

describe('Docker', () => {
  it('must have buildx, without which no image can be built for Lambda', () => {
    const found = findMissing(env, (command, ...args) => !`${command} ${args}`.includes('buildx'));

    expect(found).toEqual([expect.stringContaining('docker has no buildx')]);
  });
});

describe('npm run deploy', () => {
  const deploy = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'scripts/deploy.ts', ...args], {
      encoding: 'utf8',
      // No command is found, and no secret is set.
      env: { PATH: '/nonexistent' },
    });

  it('names the environments', { tags: 'long' }, () => {
    const { status, stderr } = deploy('productoin');

    expect(status).toBe(2);
    expect(stderr).toBe(
      '✖ Name an environment, development or staging or production: npm run deploy -- --help tells what it takes\n',
    );
  });

  it('tells all that is missing, and does nothing', () => {
    const { status, stdout, stderr } = deploy('production');

    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.match(/^✖ .+$/gm)).toHaveLength(6);
  });
});

describe('pushing the image', () => {
  const image = {
    repository: 'iot-events-staging',
    tag: '0123456789abcdef',
    region: 'eu-west-1',
    baseImages: { LAMBDA_IMAGE: 'registry/nodejs:24@sha256:ab' },
  };
  const uri = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/iot-events-staging';
  let directory = '';

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'iot-events-deploy-'));
    vi.stubEnv('PATH', `${directory}:${process.env.PATH}`);
    standIn('docker', `[ "$1" = login ] && cat > ${directory}/password; true`);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(directory, { recursive: true });
  });

  /** Writes a command that logs its arguments. */
  const standIn = (name: string, script: string) =>
    writeFileSync(
      join(directory, name),
      `#!/bin/sh\necho "${name} $*" >> ${directory}/log\n${script}\n`,
      { mode: 0o755 },
    );
  const readCalls = () => readFileSync(join(directory, 'log'), 'utf8').trim().split('\n');

  it('builds for the platform of the functions and shows the password to nobody', () => {
    standIn(
      'aws',
      `case "$2" in describe-images) exit 254;; get-login-password) echo secret;; *) echo ${uri};; esac`,
    );

    pushImage(image);

    expect(readCalls().filter((call) => call.startsWith('docker'))).toEqual([
      `docker build --platform linux/amd64 --provenance=false --sbom=false ` +
        `--build-arg IMAGE_TAG=${image.tag} --build-arg LAMBDA_IMAGE=registry/nodejs:24@sha256:ab ` +
        `--tag ${uri}:${image.tag} .`,
      `docker login --username AWS --password-stdin ${uri.split('/')[0]}`,
      `docker push ${uri}:${image.tag}`,
    ]);
    expect(readFileSync(join(directory, 'password'), 'utf8')).toBe('secret');
    expect(readCalls().join()).not.toContain('secret');
  });

  it('does nothing where the tag is there', () => {
    standIn('aws', 'exit 0');

    pushImage(image);

    expect(readCalls()).toEqual([
      expect.stringMatching(/^aws ecr describe-images .*imageTag=0123/),
    ]);
  });

  it('ends with what failed', () => {
    standIn('aws', `[ "$2" = describe-images ] && exit 254; echo ${uri}`);
    standIn('docker', '[ "$1" != build ]');

    expect(() => pushImage(image)).toThrow('Command failed with exit code 1: docker build');
  });
});
