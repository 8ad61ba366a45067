import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environments } from '../../cdktf/environment/environments.ts';
import { environmentOf, synthText } from './synth.ts';

// The fork that is kept; docs/deploy.md names it.
const FORK = 'cdktn@0.24.0';

type Stack = Record<string, unknown> & { '//'?: { metadata: { version: string } } };

/** What `npm run synth` writes, by file. */
function synthFiles(more: string[] = [], env: Record<string, string> = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'iot-events-leaving-'));
  const { PATH = '' } = process.env;
  const { status, stderr } = spawnSync('node', ['--import', 'tsx', ...more, 'cdktf/main.ts'], {
    env: { PATH, CDKTF_OUTDIR: directory, ...env },
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  const files = names
    .filter((name) => name.endsWith('.json'))
    .map((name): [string, string] => [name, readFileSync(join(directory, name), 'utf8')]);
  rmSync(directory, { recursive: true });
  return { names, files: new Map(files) };
}

const parse = (text = '{}'): Stack => JSON.parse(text);
/** Without CDKTF's comments, which Terraform does not read. */
const bare = (text = '{}'): Stack =>
  JSON.parse(text, (key, value) => (key === '//' ? undefined : value));
const withoutStamp = ({ '//': _, ...stack }: Stack) => stack;

describe('leaving CDKTF', { tags: 'long' }, () => {
  let ours: ReturnType<typeof synthFiles>;
  beforeAll(() => {
    ours = synthFiles();
  });

  it('is done with one file for each environment, which is what Terraform is asked about', () => {
    expect(ours.names.filter((name) => !name.endsWith('.json')).sort()).toEqual(
      ['stacks', ...environments.map(({ name }) => `stacks/${name}`)].sort(),
    );
    for (const { name } of environments) {
      const text = ours.files.get(`stacks/${name}/cdk.tf.json`);
      // test/cdktf/terraform.test.ts initialises, validates and plans this text, in a folder with nothing else.
      expect(bare(text)).toEqual(bare(synthText(environmentOf(name))));
    }
  });

  it('leaves files that need nothing but what is built, and the exact providers', () => {
    for (const { name } of environments) {
      const stack = withoutStamp(parse(ours.files.get(`stacks/${name}/cdk.tf.json`)));
      const text = JSON.stringify(stack);
      const { required_providers: providers } = stack.terraform as {
        required_providers: Record<string, { version: string }>;
      };

      expect(text).not.toMatch(/cdktf|node_modules|constructs/);
      const paths = [...text.matchAll(/(?:\.\.\/){2,}[\w./-]+/g)].map(([path]) => path);
      expect(new Set(paths)).toEqual(
        new Set([
          '../../../dist/docs',
          '../../../dist/dashboard',
          '../../../dist/dashboard/index.html',
          `../../../terraform.iot-events-${name}.tfstate`,
        ]),
      );
      expect(Object.keys(providers).sort()).toEqual(['aws', 'mongodbatlas']);
      for (const { version } of Object.values(providers))
        expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });

  describe('for the kept fork', () => {
    const folder = mkdtempSync(join(tmpdir(), 'iot-events-fork-'));
    let failure = '';
    beforeAll(() => {
      writeFileSync(join(folder, 'package.json'), '{"private":true}');
      const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', FORK];
      const { status, stderr } = spawnSync('npm', words, { cwd: folder, encoding: 'utf8' });
      if (status !== 0) failure = stderr;
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    it('changes the version stamp alone', ({ skip }) => {
      if (failure) console.warn(`${FORK} is not tried: ${failure}`);
      skip(failure !== '', 'The fork cannot be fetched');

      const theirs = synthFiles(['--import', './test/cdktf/fork/use-fork.mjs'], {
        KEPT_FORK: folder,
      });

      for (const { name } of environments) {
        const [before, after] = [ours, theirs].map(({ files }) =>
          parse(files.get(`stacks/${name}/cdk.tf.json`)),
        );
        expect(after?.['//']?.metadata.version).toBe(FORK.split('@')[1]);
        expect(after?.['//']?.metadata.version).not.toBe(before?.['//']?.metadata.version);
        expect(withoutStamp(after ?? {})).toEqual(withoutStamp(before ?? {}));
      }
    });
  });
});
