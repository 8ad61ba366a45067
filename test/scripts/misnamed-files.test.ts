import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findMisnamedFiles } from '../../scripts/check/find-misnamed-files.ts';

const find = (path: string, text: string) => findMisnamedFiles([{ path, text }]);
const folder = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ path: `${name}/a${index}.ts`, text: '' }));

describe('the name of a file', () => {
  it.each([
    ['add-event.ts', 'export const addEvent = 1;'],
    ['rest-api.ts', 'export type RestApiProps = {};\nexport class RestApi {}'],
    ['outbox.ts', 'export const createOutbox = 1;'],
    ['entity-tag.ts', 'export const toEntityTag = 1;\nexport const fromEntityTags = 1;'],
    ['identity.ts', 'export const toIdentity = 1;'],
    ['types.ts', 'export type One = 1;\nexport type Two = 2;'],
    ['start.ts', 'await start();'],
    ['api.ts', 'export const handler = 1;'],
    ['index.ts', 'export const handlers = {};'],
  ])('%s may have %s', (name, text) => {
    expect(find(`src/${name}`, text)).toEqual([]);
  });

  it.each([
    ['events.ts', 'export const addEvent = 1;'],
    ['create-outbox.ts', 'export const createOutbox = 1;'],
    ['peak.ts', 'export const takePeak = 1;\nexport type Sample = 1;'],
    ['client.ts', 'export async function buildClient() {}'],
  ])('%s may not have %s', (name, text) => {
    expect(find(`src/${name}`, text)).toEqual([
      expect.stringMatching(/^src\/.* exports .*: name the file after its main export$/),
    ]);
  });

  it('has no verb that would say the same as another', () => {
    expect(find('scripts/make-docs.ts', 'export const makeDocs = 1;')).toEqual([
      expect.stringContaining('exports makeDocs: generate, build and create are the verbs'),
    ]);
  });

  it('is free among tests and generated files', () => {
    for (const path of ['test/a.ts', 'generated/a.ts', 'sdks/go/sdk.ts']) {
      expect(find(path, 'export const other = 1;')).toEqual([]);
    }
  });
});

describe('scripts/', () => {
  it('has the commands of package.json at its top, and nothing else', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    const commands = Object.values<string>(scripts).flatMap(
      (command) => /(?:^| )tsx (scripts\/[\w-]+\.ts)$/.exec(command)?.[1] ?? [],
    );
    const files = readdirSync('scripts').filter((name) => name.endsWith('.ts'));

    expect(files.map((name) => `scripts/${name}`).sort()).toEqual(commands.sort());
  });
});

describe('a folder', () => {
  it('has at most 16 source files', () => {
    expect(findMisnamedFiles(folder('src', 16))).toEqual([]);
    expect(findMisnamedFiles(folder('src', 17))).toEqual(['src has 17 source files: at most 16']);
    expect(findMisnamedFiles(folder('test', 17))).toEqual([]);
  });
});
