import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useClone } from '../evolution/clone.ts';

const FOLDER = 'openapi/event-types';
const clone = useClone();

/** Runs `npm run generate` with these files for the registry, which is restored afterwards. */
const generate = (files: Record<string, string>) => {
  const folder = join(clone.directory, FOLDER);
  const before = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const texts = before.map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);
  const write = (entries: Iterable<readonly [string, string]>): void => {
    for (const name of readdirSync(folder)) {
      if (name.endsWith('.yaml')) rmSync(join(folder, name));
    }
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of entries) writeFileSync(join(folder, name), text);
  };
  write(Object.entries(files));
  const result = clone.run('generate');
  write(texts);
  return result;
};

/** A file of a type; the given lines replace those of the same field. */
const toFile = (fields: Record<string, string>): string =>
  Object.entries({
    eventType: 'level',
    title: 'Level',
    description: 'The level of the tank.',
    schema: '{ type: number }',
    exampleValues: '[1]',
    ...fields,
  })
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${name}: ${text}\n`)
    .join('');

const toPattern = (pattern: string): Record<string, string> => ({
  schema: `{ type: string, pattern: '${pattern}' }`,
  exampleValues: "['1']",
});

/** Files that are refused, each with a part of what is said of it. */
const FAULTS: [fields: Record<string, string>, says: string][] = [
  [{ title: '' }, 'lacks title'],
  [{ eventType: 'a b' }, 'has a eventType that it cannot have'],
  [{ eventType: '5' }, 'has a eventType that it cannot have'],
  [{ colour: 'red' }, 'has colour, which no event type has'],
  [{ unit: 'celsius' }, 'has the unit celsius, which is not in UCUM'],
  [{ unit: 'm/s^2' }, 'has the unit m/s^2, which is not in UCUM'],
  [{ unit: 'm/(s' }, 'has the unit m/(s, which is not in UCUM'],
  [{ unit: 'mK', schema: '{ type: boolean }', exampleValues: '[true]' }, 'its value is no number'],
  [{ exampleValues: '[1, high]' }, 'that its example 2 does not match: data must be number'],
  [{ schema: '{ type: [number, "null"] }' }, 'schema must have a type of null, boolean'],
  [{ schema: '{ type: constructor }' }, 'schema must have a type of null, boolean'],
  [{ schema: '{ $ref: "#" }' }, 'has $ref, which the subset has not'],
  [{ schema: '{ oneOf: [] }' }, 'has oneOf, which the subset has not'],
  [
    { schema: '{ type: number, minLength: 1 }' },
    'has minLength, which the subset has not for number',
  ],
  [{ schema: '{ type: number, minimum: 5, maximum: 1 }' }, 'has a minimum above its maximum'],
  [{ schema: '{ type: number, minimum: low }' }, 'has minimum with a value that it cannot have'],
  [{ schema: '{ type: object }', exampleValues: '[{}]' }, 'must say additionalProperties'],
  [
    {
      schema: '{ type: object, additionalProperties: true, required: [a] }',
      exampleValues: '[{}]',
    },
    'requires a, which is not among its properties',
  ],
  [
    {
      schema:
        '{ type: object, additionalProperties: true, properties: { a: { type: number, x-unit: XX } } }',
      exampleValues: '[{}]',
    },
    'schema/properties/a has the x-unit XX, which is not in UCUM',
  ],
  [{ schema: '&a { type: array, items: *a }', exampleValues: '[[]]' }, 'more than 8 levels deep'],
  [
    {
      schema: `{ type: array, items: ${'{ type: array, items: '.repeat(9)}{}${' }'.repeat(10)}`,
      exampleValues: '[[]]',
    },
    'more than 8 levels deep',
  ],
  [
    {
      schema: `{ type: object, additionalProperties: false, properties: { ${Array.from({ length: 250 }, (_, index) => `a${index}: {}`).join(', ')} } }`,
      exampleValues: '[{}]',
    },
    'has more than 200 schemas in it',
  ],
  [toPattern('^(a+)+$'), 'takes too long to match'],
  [toPattern('^(a|a)*$'), 'takes too long to match'],
  [toPattern('^(a?){40}$'), 'takes too long to match'],
  [toPattern('^.*1.*$'), 'takes too long to match'],
  [toPattern('^(?=1)1$'), 'has a pattern that has (?='],
  [toPattern('^(1)\\1$'), 'has a pattern that has \\1'],
  [toPattern('1'), 'does not begin with ^'],
  [toPattern('^('), 'has a pattern that Invalid regular expression'],
  [{ description: 'x'.repeat(40_000) }, 'is larger than 32768 bytes'],
  [{ deprecated: 'true' }, 'has deprecated without deprecation'],
  [
    {
      deprecated: 'true',
      deprecation: "{ since: '2026-01-01', sunset: '2026-06-01', link: https://example.org/ }",
    },
    'sunset is less than 24 months after since',
  ],
  [{ schema: '{ type: number', exampleValues: '' }, 'cannot be read'],
];

describe('npm run generate', { timeout: 300_000 }, () => {
  it('says what is wrong with each file of an event type, and with all of them', {
    tags: 'long',
  }, () => {
    const files = FAULTS.map(([fields], index): [string, string] => {
      const eventType = fields.eventType ?? `level${index}`;
      return [`fault-${index}.yaml`, toFile({ ...fields, eventType })];
    });

    const twins = {
      'a.yaml': toFile({}),
      'b.yaml': toFile({}),
      'c.yaml': toFile({ eventType: 'tank/level' }),
      'd.yaml': toFile({ eventType: 'tank.level' }),
    };

    const { status, stderr } = generate({ ...Object.fromEntries(files), ...twins });

    expect(status).toBe(1);
    const said = stderr.split('✖ ');
    for (const [index, [, says]] of FAULTS.entries()) {
      const lines = said.filter((line) => line.startsWith(`${FOLDER}/fault-${index}.yaml `));
      expect({ index, lines: lines.join('') }).toEqual({
        index,
        lines: expect.stringContaining(says),
      });
    }
    expect(stderr).toContain('has two types with the eventType level');
    expect(stderr).toContain('two types with the name in C TANK_LEVEL: tank/level and tank.level');
  });

  it('takes a registry without types, with which everything compiles', { tags: 'long' }, () => {
    const folder = join(clone.directory, FOLDER);
    rmSync(folder, { recursive: true });

    expect(clone.run('generate')).toMatchObject({ status: 0, stderr: '' });

    expect(JSON.parse(clone.read('generated/event-types.json'))).toEqual({
      version: '0.0.0',
      eventTypes: [],
    });
    const tsc = join(clone.directory, 'node_modules/typescript/bin/tsc');
    const config = {
      extends: './tsconfig.json',
      include: ['src', 'cdktf', 'scripts/event-types'],
    };
    writeFileSync(join(clone.directory, 'tsconfig.empty.json'), JSON.stringify(config));
    const args = [tsc, '-p', 'tsconfig.empty.json'];
    const { stdout } = spawnSync(process.execPath, args, {
      cwd: clone.directory,
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
  });
});
