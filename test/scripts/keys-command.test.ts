import type { ChildProcess } from 'node:child_process';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toReportText } from '../../scripts/keys/to-report-text.ts';
import { dropDatabase, toDatabaseUri } from '../harness/database.ts';
import { endProcess, readUrl, startProcess, toBundle } from '../harness/service-process.ts';

let directory = '';
let service: ChildProcess;
let url = '';

// On the database of MONGODB_URI, if the tests run on one: the command cannot find that by itself.
const { MONGODB_URI: given, ...env } = process.env;
const database = given ? { MONGODB_URI: toDatabaseUri() } : {};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iot-events-'));
  service = startProcess(directory, { PORT: '0', API_KEY: 'the plain key', ...database });
  url = await readUrl(service);
});
afterAll(async () => {
  await endProcess(service, 'SIGINT');
  if (database.MONGODB_URI) await dropDatabase(database.MONGODB_URI);
  await rm(directory, { recursive: true });
});

/** Runs the command as `npm run keys` does. */
function runKeys(args: string[], more: { cwd?: string; env?: Record<string, string> } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [toBundle('keys.ts'), ...args], {
    cwd: more.cwd ?? directory,
    encoding: 'utf8',
    env: { ...env, ...database, ...more.env },
  });
  return { status, stdout, stderr };
}

const post = (key: string, deviceID: string) =>
  fetch(`${url}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: JSON.stringify({ deviceID, eventType: 'a', date: '2026-05-05T12:00:00Z' }),
  });

describe('npm run keys', () => {
  it('makes a key that the running service knows at once, for its device and scope alone', {
    tags: 'long',
  }, async () => {
    const device = randomUUID();
    const { stdout } = runKeys([
      'create',
      '--name',
      'gate 7',
      '--scopes',
      'write',
      '--devices',
      device,
    ]);
    const [, key = ''] = /^(iot_\S{62})$/m.exec(stdout) ?? [];

    expect((await post(key, device)).status).toBe(201);
    expect((await post(key, randomUUID())).status).toBe(403);
    expect((await post('the plain key', randomUUID())).status).toBe(201);
    expect(runKeys(['list']).stdout).toMatch(
      new RegExp(
        `^ID +STATE +SCOPES +DEVICES +NAME\n${key.slice(0, 16)}  good +write +${device}  gate 7`,
      ),
    );
    expect(runKeys(['list']).stdout).not.toContain(key);
  });

  it('rotates and revokes it, told as JSON to programs', { tags: 'long' }, () => {
    const [created] = JSON.parse(
      runKeys(['create', '--name', 'x', '--scopes', 'read,delete', '--json']).stdout,
    );
    const [rotated] = JSON.parse(
      runKeys(['rotate', created.id, '--grace-hours', '2', '--json']).stdout,
    );
    const [revoked] = JSON.parse(runKeys(['revoke', created.id, '--json']).stdout);

    expect(created).toMatchObject({
      name: 'x',
      scopes: ['read', 'delete'],
      key: expect.any(String),
    });
    expect(rotated).toMatchObject({ id: created.id, key: expect.not.stringMatching(created.key) });
    expect(revoked).toMatchObject({ id: created.id, revokedAt: expect.any(String) });
    expect(revoked.key).toBeUndefined();
  });

  it.each([
    [[], 2, 'Say what to do: create, list, rotate or revoke'],
    [['list', 'extra'], 2, 'extra is too much'],
    [['list', 'extra', 'words'], 2, 'words is too much'],
    [['create', 'gate'], 2, 'gate is too much'],
    [['create', '--scope', 'read'], 2, "Unknown option '--scope'"],
    [['create', '--name', 'x', '--scopes', 'all'], 2, 'scopes must be some of write, read, delete'],
    // Taken for 0, it would make the old secret invalid at once.
    [['rotate', 'x', '--grace-hours', 'two'], 2, 'graceHours must be a number from 0 to 8760'],
    [['rotate', 'x', '--grace-hours', '2h'], 2, 'graceHours must be a number from 0 to 8760'],
    [['revoke', 'x', '--grace-hours', '48'], 2, "'--grace-hours' is for rotate, not for revoke"],
    [['list', '--name', 'x'], 2, "'--name' is for create, not for list"],
    [['revoke', 'x', '--name', 'y', '--environment', 'production'], 2, "'--name' is for create"],
    [
      ['list', '--environment', 'mars'],
      2,
      '--environment must be one of development, staging, production',
    ],
  ])('%j is refused with what is wrong', { tags: 'long' }, (args, code, message) => {
    const { status, stderr } = runKeys(args);

    expect([status, stderr]).toEqual([code, expect.stringContaining(message)]);
  });

  it('says what to do where nothing runs', () => {
    const nowhere = { cwd: tmpdir(), env: { MONGODB_URI: '' } };

    expect(runKeys(['list'], nowhere).stderr).toContain('npm start first');
  });

  it('refuses a MONGODB_URI that names no database', () => {
    const env = { MONGODB_URI: 'mongodb://127.0.0.1:9' };

    expect(runKeys(['list'], { env }).stderr).toContain('MONGODB_URI names no database');
  });

  it('says until when the old secret of a rotated key is good', () => {
    const key = { id: 'iot_1', name: 'x', scopes: ['read' as const], createdAt: new Date() };
    const oldSecretUntil = new Date('2999-01-02T03:04:05Z');

    expect(toReportText([{ ...key, oldSecretUntil }])).toContain(
      'iot_1  good, old secret until 2999-01-02 03:04 UTC  read    any device  x',
    );
    expect(toReportText([{ ...key, oldSecretUntil, revokedAt: new Date() }])).not.toContain('old');
    expect(toReportText([{ ...key, oldSecretUntil: new Date(0) }])).not.toContain('old');
  });

  it('asks for version 2 of the aws command in one line', () => {
    const bin = join(directory, 'old');
    mkdirSync(bin);
    const aws = `#!/bin/sh\n[ "$1" = --version ] && { echo aws-cli/1.22.34 >&2; exit 0; }\necho 'usage: aws …' >&2; exit 2\n`;
    writeFileSync(join(bin, 'aws'), aws, { mode: 0o755 });
    const env = { PATH: `${bin}:${process.env.PATH}` };

    const { stderr } = runKeys(['list', '--environment', 'production'], { env });

    expect(stderr).toBe('✖ the aws command is version 1.22.34: install version 2\n');
  });

  it('has the management function of a deployment do it, by AWS’s command line', () => {
    const bin = join(directory, 'bin');
    mkdirSync(bin);
    // Replaces AWS's command: logs its arguments, and replies as the function would.
    const aws = `#!/bin/sh\nfor last; do :; done\necho "$*" > ${bin}/called\necho '[]' > "$last"\necho '{"StatusCode":200}'\n`;
    writeFileSync(join(bin, 'aws'), aws);
    chmodSync(join(bin, 'aws'), 0o755);
    const env = { PATH: `${bin}:${process.env.PATH}` };

    const { stdout } = runKeys(['list', '--environment', 'production'], { env });

    expect(stdout).toContain('There are no keys');
    expect(readFileSync(join(bin, 'called'), 'utf8')).toContain(
      'lambda invoke --function-name iot-events-production-keys --region eu-west-1 --cli-binary-format raw-in-base64-out --payload {"command":"list"}',
    );
  });
});
