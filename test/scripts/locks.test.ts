import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { imageTag } from '../../scripts/bundle/image-tag.ts';
import {
  lockImages,
  readLockedImages,
  toBuildArguments,
} from '../../scripts/deploy/locks/base-images.ts';
import { initTerraform } from '../../scripts/deploy/locks/init-terraform.ts';
import { Terraform } from '../../scripts/deploy/tools/terraform.ts';
import { copyRepository } from '../harness/copy-repository.ts';

const TSX = resolve('node_modules/tsx/dist/loader.mjs');
const hasTerraform = spawnSync('terraform', ['version']).status === 0;
if (!hasTerraform) console.warn('Real Terraform is not asked: terraform is not installed');

const root = mkdtempSync(join(tmpdir(), 'iot-events-locks-'));
const locks = join(root, 'locks');
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A stand-in for Docker, whose registry has a digest of one letter for everything. */
const setDigest = (letter: string) =>
  writeFileSync(
    join(root, 'docker'),
    `#!/bin/sh\n[ "$1 $2 $3 $5" = "buildx imagetools inspect --format" ] && ` +
      `echo '{"digest":"sha256:${letter.repeat(64)}","size":1}'\n`,
    { mode: 0o755 },
  );

beforeEach(() => {
  setDigest('a');
  vi.stubEnv('PATH', `${root}:${process.env.PATH}`);
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(locks, { recursive: true, force: true });
});

describe('the base images', () => {
  const WANTED = { NODE_IMAGE: 'registry/node:24', LAMBDA_IMAGE: 'registry/nodejs:24' };

  it('are all that the Dockerfile begins with, and each is an argument that has a digest', () => {
    const text = readFileSync('Dockerfile', 'utf8');
    const begins = [...text.matchAll(/^FROM (?:--\S+ )?(\S+)/gm)].map(([, image]) => image);

    const images = lockImages(locks);

    expect(begins).toEqual(['$NODE_IMAGE', 'build', '$LAMBDA_IMAGE']);
    expect(Object.keys(images)).toEqual(['NODE_IMAGE', 'LAMBDA_IMAGE']);
    const given = toBuildArguments(images).filter((word) => word !== '--build-arg');
    for (const word of given)
      expect(word).toMatch(/^\w+_IMAGE=public\.ecr\.aws\/\S+@sha256:a{64}$/);
  });

  it('are resolved once: a newer one is not taken', () => {
    const first = lockImages(locks, WANTED);
    setDigest('b');

    expect(lockImages(locks, WANTED)).toEqual(first);
    expect(first.LAMBDA_IMAGE).toBe(`registry/nodejs:24@sha256:${'a'.repeat(64)}`);
  });

  it.each([
    ['another', { ...WANTED, LAMBDA_IMAGE: 'registry/nodejs:26' }, 'registry/nodejs:26'],
    ['one more', { ...WANTED, OTHER_IMAGE: 'registry/other:1' }, 'registry/other:1'],
  ])('are refused if the Dockerfile asks for %s', (_, wanted, name) => {
    lockImages(locks, WANTED);

    expect(() => lockImages(locks, wanted)).toThrow(`The Dockerfile asks for ${name}`);
    expect(() => lockImages(locks, wanted)).toThrow('npm run locks -- --take');
  });

  it.each([
    ['registry/nodejs:24'],
    ['registry/nodejs:24@sha256:ab'],
    [`registry/other:24@sha256:${'a'.repeat(64)}`],
  ])('are refused if the lock says %s', (locked) => {
    const images = { ...lockImages(locks, WANTED), LAMBDA_IMAGE: locked };
    writeFileSync(join(locks, 'base-images.json'), JSON.stringify(images));

    expect(() => lockImages(locks, WANTED)).toThrow('The Dockerfile asks for registry/nodejs:24');
  });

  it.each([
    ['exit 1', 'cannot be looked up'],
    [`echo '{"digest":"latest"}'`, 'has no digest'],
  ])('are not locked if Docker says: %s', (script, message) => {
    writeFileSync(join(root, 'docker'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });

    expect(() => lockImages(locks, WANTED)).toThrow(message);
    expect(existsSync(locks)).toBe(false);
  });
});

describe.skipIf(!hasTerraform)('the providers', { tags: 'long' }, () => {
  const mirror = join(root, 'mirror');
  let copy = '';

  /** Puts a package into the mirror, as a registry would have it. Terraform does not run it. */
  const publish = (address: string, version: string, content: string) => {
    const directory = join(mirror, 'registry.terraform.io', address, version, toPlatform());
    mkdirSync(directory, { recursive: true });
    const name = `terraform-provider-${address.split('/')[1]}_v${version}`;
    writeFileSync(join(directory, name), content, { mode: 0o755 });
  };
  const publishAll = (content: string) => {
    for (const { source, version } of readWanted())
      publish(source.includes('/') ? source : `hashicorp/${source}`, version, content);
  };
  const readWanted = (): { source: string; version: string }[] => {
    const stack = readFileSync(join(copy, 'cdktf.out/stacks/development/cdk.tf.json'), 'utf8');
    return Object.values(JSON.parse(stack).terraform.required_providers);
  };
  const run = (script: string, ...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', TSX, join(copy, script), ...args],
      { cwd: copy, encoding: 'utf8' },
    );
    return { status, stderr, lines: stdout.split('\n').filter(Boolean) };
  };
  const init = () =>
    initTerraform(new Terraform(join(copy, 'cdktf.out/stacks/development')), join(copy, 'locks'));

  beforeAll(() => {
    copy = copyRepository();
    expect(run('scripts/synth.ts')).toMatchObject({ status: 0, stderr: '' });
    publishAll('one');
    const rc = `provider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`;
    writeFileSync(join(root, 'terraform.rc'), rc);
  });
  beforeEach(() => {
    vi.stubEnv('TF_CLI_CONFIG_FILE', join(root, 'terraform.rc'));
    vi.stubEnv('CHECKPOINT_DISABLE', '1');
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('are locked by the first deployment, and other ones are refused until they are taken', () => {
    init();
    const locked = readFileSync(join(copy, 'locks/providers.lock.hcl'), 'utf8');
    for (const { version } of readWanted()) expect(locked).toContain(`"${version}"`);
    expect(locked).toContain('"h1:');
    init();

    publishAll('two');
    expect(init).toThrow('npm run locks shows the difference');
    expect(readFileSync(join(copy, 'locks/providers.lock.hcl'), 'utf8')).toBe(locked);

    expect(run('scripts/locks.ts').lines.join('\n')).toMatch(/hashicorp\/aws +(\S+ \S+) → (?!\1)/);
    expect(run('scripts/locks.ts', '--take').status).toBe(0);
    init();
    expect(readFileSync(join(copy, 'locks/providers.lock.hcl'), 'utf8')).not.toBe(locked);
  }, 180_000);

  it('and base images are shown and taken by npm run locks, and then the image is another', () => {
    const tag = () => imageTag(join(copy, 'locks'), join(copy, 'Dockerfile'), toLock());
    const toLock = () => join(copy, 'locks/base-images.json');
    expect(run('scripts/locks.ts', '--take').status).toBe(0);
    const [first, images] = [tag(), readLockedImages(join(copy, 'locks'))];
    expect(run('scripts/locks.ts').lines.at(-1)).toBe(
      'What is locked is what the registries have.',
    );

    setDigest('b');
    const shown = run('scripts/locks.ts');
    expect(shown.lines.join('\n')).toMatch(/nodejs:24 +sha256:a{12} → sha256:b{12}$/m);
    expect(readLockedImages(join(copy, 'locks'))).toEqual(images);
    expect(tag()).toBe(first);

    expect(run('scripts/locks.ts', '--take').lines.at(-1)).toContain('commit it, then deploy');
    expect(Object.values(readLockedImages(join(copy, 'locks'))).join()).toMatch(
      /@sha256:bbb.*@sha256:bbb/,
    );
    expect(tag()).not.toBe(first);
  }, 180_000);

  it('are not taken if a registry does not answer', () => {
    writeFileSync(join(root, 'docker'), '#!/bin/sh\necho no network >&2; exit 1\n', {
      mode: 0o755,
    });

    expect(run('scripts/locks.ts', '--take')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^✖ public\.ecr\.aws\S+ cannot be looked up: no network\n$/),
    });
  }, 60_000);
});

/** As Terraform names it. */
function toPlatform(): string {
  return `${process.platform}_${process.arch.replace('x64', 'amd64')}`;
}
