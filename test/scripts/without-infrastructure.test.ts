import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyRepository } from '../harness/copy-repository.ts';

const LEFT_OUT = ['@cdktf', 'cdktf', 'constructs'];
let copy = '';

// As after `npm install --workspaces=false`.
beforeAll(() => {
  copy = copyRepository();
  const packages = join(copy, 'node_modules');
  rmSync(packages);
  mkdirSync(packages);
  for (const name of readdirSync('node_modules').filter((each) => !LEFT_OUT.includes(each))) {
    symlinkSync(resolve('node_modules', name), join(packages, name));
  }
});
afterAll(() => rmSync(copy, { recursive: true }));

const run = (...args: string[]) =>
  spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });

describe('without the packages of cdktf/', { tags: 'long' }, () => {
  it.each([['synth.ts'], ['deploy.ts', 'development']])(
    '%s says in a line what is not installed',
    (script, ...words) => {
      const { status, stdout, stderr } = run('--import', 'tsx', `scripts/${script}`, ...words);

      expect([status, stdout, stderr]).toEqual([
        1,
        '',
        '✖ Not installed: @cdktf/provider-aws, @cdktf/provider-mongodbatlas, cdktf, constructs; run npm install (413 MB)\n',
      ]);
    },
  );

  it('the tests that need them are left out, with the reason', () => {
    const vitest = resolve('node_modules/vitest/vitest.mjs');
    const { status, stdout, stderr } = run(vitest, 'list', '--filesOnly');

    expect(stderr).toMatch(/^Skipped, since @cdktf.* are not installed: test\/cdktf/m);
    expect(status).toBe(0);
    expect(stdout).toContain('test/handlers/export.test.ts');
    expect(stdout).not.toMatch(/test\/cdktf\/|operations\.test/);
  });
});
