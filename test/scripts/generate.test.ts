import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useClone } from '../evolution/clone.ts';

const CONTRACT = 'openapi/openapi.yaml';
const clone = useClone();

const readGenerated = (): Map<string, string> => {
  const folder = join(clone.directory, 'generated');
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  // Not the contents, of which a failure would print megabytes.
  const toHash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
  return new Map(paths.map((path) => [path, toHash(path)]));
};

/** Runs `npm run generate` on the contract with an edit, which is undone afterwards. */
const generateEdited = (edit: (text: string) => string) => {
  const before = clone.read(CONTRACT);
  clone.edit(CONTRACT, edit);
  const result = clone.run('generate');
  clone.edit(CONTRACT, () => before);
  return result;
};

describe('npm run generate', { timeout: 120_000 }, () => {
  const expectUnchanged = (edit: (text: string) => string, says: string): void => {
    const before = readGenerated();

    const { status, stderr } = generateEdited(edit);

    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(says) });
    expect(readGenerated()).toEqual(before);
    expect(readdirSync(join(clone.directory, 'dist'))).toEqual([]);
  };

  it(
    'leaves generated/ as it was where the contract does not match the rules of OpenAPI',
    { tags: 'long' },
    () => expectUnchanged((text) => text.replace('title: IoT', 'titel: IoT'), 'titel'),
  );

  it.each([
    [
      'deprecates an operation without notice',
      (text: string) => text.replace('operationId: listLatestEvents', '$&\n      deprecated: true'),
      'deprecated and x-deprecation',
    ],
    [
      'has no example of a parameter, for the last step, the code samples',
      (text: string) => text.replace(/\n {6}example: 8f188304-.*(?=\n {4}EventType:)/, ''),
      'no example of its deviceID',
    ],
  ])('leaves generated/ as it was where the contract %s', { tags: 'long' }, (_, edit, says) =>
    expectUnchanged(edit, says),
  );

  it('names the extensions that would silently do nothing', { tags: 'long' }, () => {
    const edits: [from: string, to: string, fault: string][] = [
      ['{ date: id }', '{ date: ident }', 'x-required-unless names ident, which is not a property'],
      ['[date, id, rec', '[sentAt, deviceID, rec', 'x-null-is-absent names sentAt, which is not a'],
      ['', '', 'NewEvent: x-null-is-absent names deviceID, which is required'],
      [
        'x-extensible-enum: [ok]',
        'x-extensible-enum: ok',
        'status: x-extensible-enum must be a list',
      ],
    ];

    const { status, stderr } = generateEdited((text) =>
      edits.reduce((edited, [from, to]) => edited.replace(from, to), text),
    );

    expect(status).toBe(1);
    for (const [, , fault] of edits) expect(stderr).toContain(fault);
  });

  it('opens replies and lists to clients, and not to our own types', () => {
    const { components } = JSON.parse(clone.read('generated/openapi.json'));
    const types = clone.read('generated/openapi.ts');

    expect(components.schemas.EventResult).toMatchObject({
      additionalProperties: true,
      properties: {
        status: { 'x-extensible-enum': ['created', 'duplicate', 'rejected', 'failed'] },
      },
    });
    expect(components.schemas.EventResult.properties.status).not.toHaveProperty('enum');
    expect(types).toContain('status: "created" | "duplicate" | "rejected" | "failed";');
    expect(types).not.toContain('[key: string]: unknown');
  });

  it('lists the values of an extensible list where Redoc shows them', () => {
    const { components } = JSON.parse(clone.read('generated/openapi.json'));
    const { status } = components.schemas.EventResult.properties;
    const { type } = components.schemas.Problem.properties;

    expect(status.description).toContain('may add: `created`, `duplicate`, `rejected`, `failed`.');
    expect(type.description).toContain('`/problems/clock-skew`');
    expect(type['x-extensible-enum']).toContain('/problems/clock-skew');
  });

  it('writes what is committed, and takes out what it no longer writes', { tags: 'long' }, () => {
    const before = readGenerated();
    const stale = join(clone.directory, 'generated/samples/an-operation-of-old.py');
    writeFileSync(stale, '');

    expect(clone.run('generate')).toMatchObject({ status: 0, stderr: '' });

    const after = readGenerated();
    expect([...after.keys()]).toEqual([...before.keys()]);
    // Not the validators: in a copy, esbuild names the packages' folders otherwise.
    const differing = [...after.keys()].filter((path) => after.get(path) !== before.get(path));
    expect(differing.filter((path) => !path.endsWith('-validators.js'))).toEqual([]);
  });
});
