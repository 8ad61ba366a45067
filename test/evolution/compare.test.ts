import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BREAKING_PARAMETERS } from './breaking-parameters.ts';
import { BREAKING_REPLIES } from './breaking-replies.ts';
import { BREAKING_REQUESTS } from './breaking-requests.ts';
import type { Edit, Editable } from './edit.ts';
import { schemas, set, toEdited } from './edit.ts';
import { HARMLESS } from './harmless-edits.ts';
import { hasGo } from './has-go.ts';

const BREAKING = [...BREAKING_REQUESTS, ...BREAKING_PARAMETERS, ...BREAKING_REPLIES];
const TSX = resolve('node_modules/tsx/dist/cli.mjs');
const directory = mkdtempSync(join(tmpdir(), 'iot-events-evolution-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** Runs the command; it reads the releases below its working directory. */
function run(contracts: string[], script = 'scripts/compare.ts', options: object = {}) {
  const run = spawnSync(process.execPath, [TSX, resolve(script), ...contracts], {
    encoding: 'utf8',
    ...options,
  });
  return { ...run, lines: run.stderr.split('\n') };
}

function save(title: string, contract: Editable): string {
  const path = join(directory, `${title.replaceAll(/\W+/g, '-')}.json`);
  writeFileSync(path, JSON.stringify(contract));
  return path;
}

describe.skipIf(!hasGo)('npm run compare', () => {
  const paths = new Map<string, string>();
  let lines: string[] = [];
  let status: number | null = null;
  const saysOf = (title: string) => lines.filter((line) => line.includes(` ${paths.get(title)} `));

  beforeAll(() => {
    for (const [title, edit] of [...BREAKING, ...HARMLESS]) {
      paths.set(title, save(title, toEdited(edit)));
    }
    ({ lines, status } = run([...paths.values()]));
  }, 300_000);

  it('fails where one contract breaks a release', () => {
    expect(status).toBe(1);
  });

  it.each(BREAKING)('refuses a contract in which %s', (title, _, says) => {
    expect(saysOf(title).join('\n')).toContain(says);
  });

  it.each(HARMLESS)('takes a contract in which %s', (title) => {
    expect(saysOf(title)).toEqual([]);
  });
});

describe.skipIf(!hasGo)('a release', { tags: 'long' }, () => {
  const dated = (sunset: string | undefined) => (contract: Editable) => {
    const operation = contract.paths['/events/latest'].get;
    operation.deprecated = true;
    if (sunset) operation['x-deprecation'] = { since: '2027-01-01', sunset, link: '/docs' };
  };

  function compareWith(released: Edit, today: Edit, ...earlier: string[]) {
    const cwd = mkdtempSync(join(directory, 'fleet-'));
    for (const version of ['1.0.0', ...earlier]) {
      const release = join(cwd, 'openapi/released', version);
      mkdirSync(release, { recursive: true });
      writeFileSync(join(release, 'openapi.json'), JSON.stringify(toEdited(released)));
    }
    return run([save('today', toEdited(today))], 'scripts/compare.ts', { cwd });
  }

  it.each([
    ['earlier', dated('2029-12-31')],
    ['gone, though the operation is deprecated', dated(undefined)],
  ])('is broken by a sunset that is %s', (_, today) => {
    expect(compareWith(dated('2030-01-01'), today).stderr).toContain('2030-01-01 was promised');
  });

  it.each([
    ['later', dated('2031-01-01')],
    ['gone with the deprecation', () => undefined],
  ])('is not broken by a sunset that is %s', (_, today) => {
    expect(compareWith(dated('2030-01-01'), today)).toMatchObject({ status: 0, stderr: '' });
  });

  it('is broken by the removal of what was deprecated, even after its sunset', () => {
    const { stderr } = compareWith(dated('2020-01-01'), ({ paths }) => {
      delete paths['/events/latest'];
    });

    expect(stderr).toContain('GET /events/latest');
  });

  it('is broken where unknown members are refused that were not', () => {
    const { stderr } = compareWith(
      ({ components }) => delete components.schemas.NewEvent.additionalProperties,
      () => undefined,
    );

    expect(stderr).toContain('POST /events: the body no longer allows unknown members');
  });

  const withChoice = (choices: string[]) => (contract: Editable) => {
    const { EventInterval } = schemas(contract);
    set(EventInterval.properties, { kind: { type: 'string', enum: choices } });
  };

  it.each<[string, Edit, Edit, string]>([
    [
      'a property of a reply that was closed',
      (c) => set(schemas(c).Health, { additionalProperties: false }),
      (c) => set(schemas(c).Health.properties, { uptime: { type: 'number' } }),
      'GET /health: the reply 200 gets the property uptime, but was closed',
    ],
    [
      'a property of a reply that did not say that it was open',
      (c) => delete schemas(c).Health.additionalProperties,
      (c) => set(schemas(c).Health.properties, { uptime: { type: 'number' } }),
      'GET /health: the reply 200 gets the property uptime, but was closed',
    ],
    [
      'a value of a reply that is not extensible',
      withChoice(['full']),
      withChoice(['full', 'partial']),
      'response-property-enum-value-added',
    ],
    [
      'any value of a reply that had a few',
      withChoice(['full']),
      (c) => set(schemas(c).EventInterval.properties, { kind: { type: 'string' } }),
      'response-property-became-not-enum',
    ],
  ])('is broken by %s', (_, released, today, says) => {
    expect(compareWith(released, today)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(says),
    });
  });

  it('of another major is not compared, which is said', () => {
    const today = save(
      'major',
      toEdited((contract) => (contract.info.version = '2.0.0')),
    );

    expect(run([today]).stderr).toContain('was not compared with 1.0.0');
  });

  it('comes after its release candidates', () => {
    const none = () => undefined;

    expect(compareWith(none, none, '1.0.0-rc.2', '0.9.0')).toMatchObject({ status: 0 });
  });

  it('is the only way to another version', () => {
    const today = save(
      'by hand',
      toEdited((contract) => (contract.info.version = '2.0.0')),
    );

    expect(run([today])).toMatchObject({ status: 1 });
  });
});

describe('without Go', { tags: 'long' }, () => {
  /** Runs the command in a new clone, in which oasdiff was not built. */
  function runInClone(env: object) {
    const clone = join(directory, 'clone');
    for (const folder of ['scripts', 'openapi', 'generated', 'src', 'gateway', 'cdktf']) {
      cpSync(folder, join(clone, folder), { recursive: true });
    }
    cpSync('package.json', join(clone, 'package.json'));
    mkdirSync(join(clone, 'node_modules'), { recursive: true });
    // All packages, without the cache, which contains oasdiff.
    for (const name of readdirSync('node_modules').filter((name) => name !== '.cache')) {
      const link = join(clone, 'node_modules', name);
      rmSync(link, { force: true });
      symlinkSync(resolve('node_modules', name), link);
    }
    const contract = save(
      'a break',
      toEdited((today) => (today.paths['/events'].post['x-scope'] = 'admin')),
    );
    const options = { cwd: clone, env: { PATH: '', ...env } };
    const harmless = save(
      'none',
      toEdited(() => undefined),
    );
    return [contract, harmless].map((path) =>
      run([path], join(clone, 'scripts/compare.ts'), options),
    );
  }

  it('says so, and looks at what needs none', () => {
    const [breaking, harmless] = runInClone({});

    expect(breaking).toMatchObject({ status: 1, stderr: expect.stringContaining('x-scope') });
    expect(harmless).toMatchObject({ status: 0, stdout: '' });
    expect(harmless?.stderr).toContain('Go is not installed');
  });

  it('fails in CI', () => {
    expect(runInClone({ CI: 'true' }).map(({ status }) => status)).toEqual([1, 1]);
  });
});
