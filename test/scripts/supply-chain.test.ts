import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findDependencyFaults } from '../../scripts/check/find-dependency-faults.ts';
import { findSecrets } from '../../scripts/check/find-secrets.ts';
import { scanFiles } from '../../scripts/check/scan-files.ts';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const licensed = (license: string | undefined) => [{ name: 'left-pad', version: '1.3.0', license }];

describe('the packages', () => {
  it('are pinned, wanted, and of a licence that asks for little', () => {
    expect(findDependencyFaults(manifest, licensed('MIT'))).toEqual([]);
  });

  it.each(['^7.9.0', '~7.9.0', '7', 'latest', '*', 'github:mongodb/node-mongodb-native'])(
    'are refused at the version %s',
    (version) => {
      const { dependencies, devDependencies } = manifest;
      const names = { ...manifest, dependencies: { ...dependencies, mongodb: version } };
      const dev = { ...manifest, devDependencies: { ...devDependencies, esbuild: version } };

      expect(findDependencyFaults(names, [])).toEqual([expect.stringContaining('mongodb is')]);
      expect(findDependencyFaults(dev, [])).toEqual([expect.stringContaining('esbuild is')]);
    },
  );

  it('are refused where nobody says why they run on AWS', () => {
    const dependencies = { ...manifest.dependencies, 'left-pad': '1.3.0' };

    expect(findDependencyFaults({ ...manifest, dependencies }, [])).toEqual([
      expect.stringContaining('left-pad is a runtime dependency: give its reason'),
    ]);
  });

  it('lose their reason when they go', () => {
    const { negotiator: _, ...dependencies } = manifest.dependencies;

    expect(findDependencyFaults({ ...manifest, dependencies }, [])).toEqual([
      expect.stringContaining('negotiator has a reason'),
    ]);
  });

  it.each([['GPL-3.0-only'], ['(MIT AND GPL-3.0-only)'], ['SEE LICENSE IN x'], [undefined]])(
    'are refused in the bundle under the licence %s',
    (license) => {
      expect(findDependencyFaults(manifest, licensed(license))).toEqual([
        expect.stringContaining(`under the licence ${license ?? ''}`),
      ]);
    },
  );

  it('may leave the choice of licence', () => {
    expect(findDependencyFaults(manifest, licensed('(GPL-3.0-only OR MIT)'))).toEqual([]);
  });

  it('of CI are named by commit', () => {
    const workflows = ['ci', 'codeql'].map((name) =>
      readFileSync(`.github/workflows/${name}.yml`, 'utf8'),
    );
    const actions = [...workflows.join('\n').matchAll(/uses: (\S+)/g)].map(([, action]) => action);

    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) expect(action).toMatch(/@[\da-f]{40}$/);
  });
});

const PEM = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n'.repeat(8);
// In parts, or the scan would find this file.
const secrets: [name: string, parts: string[]][] = [
  ['an AWS key', ['AWS_SECRET_ACCESS_', 'KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzKEYA']],
  ["an AWS key's id", ["accessKeyId: 'AK", "IAIOSFODNN7ABCDEFG'"]],
  [
    'a MongoDB URI with a password',
    ['mongodb', '+srv://events:hunter2hunter2@c.abcde.mongodb.net/'],
  ],
  ['a private key', ['-----BEGIN PRIVATE', ` KEY-----\n${PEM}-----END PRIVATE KEY-----`]],
  ['an Atlas key', ['MONGODB_ATLAS_PRIVATE_', 'KEY=1b2c3d4e-5f60-4718-9a2b-3c4d5e6f7081']],
  ["an Atlas service account's key", ['mdb_sa', '_sk_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYg']],
  ['a key of the API', ['TF_VAR_rest_api_', 'key=x7Kq2mVbT9sLw4RzN8pYc3HdJ6fGa1Ee']],
  ['a key of the API in a header', ['-H "x-api-', 'key: x7Kq2mVbT9sLw4RzN8pYc3HdJ6fGa1Ee"']],
  ['a key that the operator created', ['iot_8f3a1b2c9d4e', `_${'x7Kq2mVb'.repeat(6)}T`]],
  ['a GitHub token', ['ghp', '_zQ2mVbT9sLw4RzN8pYc3HdJ6fGa1Eex7Kq2m']],
];

describe('the scan for secrets', () => {
  const directory = mkdtempSync(join(tmpdir(), 'iot-events-secrets-'));
  const git = (...args: string[]) =>
    spawnSync('git', ['-C', directory, ...args], { stdio: 'ignore' });
  afterAll(() => rmSync(directory, { recursive: true }));

  it.each(secrets)('finds %s, and does not tell it', async (_, parts) => {
    const found = await findSecrets('a.ts', `const a = 1;\n${parts.join('')}\n`);

    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^a\.ts:2 has what looks like a secret/);
    expect(found[0]).not.toContain(parts[1]?.slice(-12));
  });

  it.each([
    "deviceID: '8f188304-e7b3-4a16-a243-b9470468478a'",
    "-H 'x-api-key: local-development-key'",
    'mongodb://127.0.0.1:27017/events',
    'aws apigateway get-api-key --include-value --api-key <api_key_id>',
    "MONGODB_ATLAS_PRIVATE_KEY: 'Atlas shows it once'",
    'npm run keys -- rotate iot_8f3a1b2c9d4e --grace-hours 48',
  ])('takes %s for what it is', async (text) => {
    expect(await findSecrets('a.ts', text)).toEqual([]);
  });

  it('cannot be told to look away by a comment', async () => {
    const all = secrets.map(([, parts]) => `// secretlint-disable\n${parts.join('')}\n`).join('\n');

    expect(await findSecrets('a.ts', all)).toHaveLength(secrets.length);
  });

  it('reads what git has and what it would take, and nothing else', async () => {
    git('init');
    writeFileSync(join(directory, '.gitignore'), 'ignored\n');
    for (const name of ['tracked', 'new', 'ignored'])
      writeFileSync(join(directory, name), secrets[0]?.[1].join('') ?? '');
    git('add', 'tracked');

    expect((await scanFiles(directory)).map((found) => found.split(':')[0]).sort()).toEqual([
      'new',
      'tracked',
    ]);
  });

  it('finds none here', { tags: 'long' }, async () => {
    expect(await scanFiles()).toEqual([]);
  });
});
