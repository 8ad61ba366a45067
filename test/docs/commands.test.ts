import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { environments } from '../../cdktf/environment/environments.ts';
import manifest from '../../package.json' with { type: 'json' };
import { listFiles } from '../../scripts/check/list-files.ts';
import { commands } from '../../scripts/command-line/commands.ts';
import type { Command } from '../../scripts/command-line/read-command.ts';
import { parseCommand } from '../../scripts/command-line/read-command.ts';
import { toKeyInput } from '../../scripts/keys/to-key-input.ts';

// The changelog tells of commands as they were.
// Some examples have commands of their own.
const PAGES = listFiles().filter(
  (path) =>
    path.endsWith('.md') &&
    path !== 'CHANGELOG.md' &&
    (dirname(path) === '.' || !existsSync(join(dirname(path), 'package.json'))),
);
const known: Record<string, Command> = commands;

/** Finds what is wrong with the commands of this repository that a page tells its reader to run. */
const findFaults = (markdown: string): string[] =>
  readCode(markdown).flatMap((code) =>
    readCalls(code).flatMap(({ name, args }) => {
      const fault = findFault(name, args);
      return fault ? [`npm run ${[name, ...args].join(' ')}: ${fault}`] : [];
    }),
  );

/** Code in lines and in sentences, without comments; a line that goes on is one. */
function readCode(markdown: string): string[] {
  const code: string[] = [];
  const marked = new Marked();
  marked.walkTokens(marked.lexer(markdown), (token) => {
    if (token.type === 'code') code.push(...token.text.replace(/\\\n\s*/g, ' ').split('\n'));
    if (token.type === 'codespan') code.push(token.text);
  });
  return code.map((line) => line.replace(/(^|\s)#\s.*/, ''));
}

const CALL = /\bnpm (?:run ([\w-]+(?::[\w-]+)*)|(start|test)\b)([^&|;]*)/g;

function readCalls(code: string): { name: string; args: string[] }[] {
  return [...code.matchAll(CALL)].map(([, run, own, rest = '']) => {
    const [, given = ''] = /^ -- (.*)/.exec(rest) ?? [];
    const words = given.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
    return { name: run ?? own ?? '', args: words.map((word) => word.replace(/["']/g, '')) };
  });
}

function findFault(name: string, args: string[]): string | undefined {
  if (!(name in manifest.scripts)) return 'package.json has no such script';
  const command = known[name];
  if (!command) return undefined;
  try {
    const line = parseCommand(command, args);
    // Words that are wrong are found by the commands themselves.
    if (name === 'keys' && line && args.length > 0) toKeyInput(line as never);
    const [environment = ''] = line?.words ?? [];
    const isNamed = environments.some((each) => each.name === environment);
    return ['deploy', 'destroy'].includes(name) &&
      line &&
      args.length > 0 &&
      !isNamed &&
      !environment.startsWith('<')
      ? `there is no environment ${environment}`
      : undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('every command in the pages', () => {
  it.each(PAGES)('%s', (page) => {
    expect(findFaults(readFileSync(page, 'utf8'))).toEqual([]);
  });

  it('is looked at', () => {
    const calls = PAGES.flatMap((page) => readCode(readFileSync(page, 'utf8')).flatMap(readCalls));
    expect(calls.length).toBeGreaterThan(80);
    const names = new Set(calls.map(({ name }) => name));
    expect([...names]).toEqual(expect.arrayContaining(['deploy', 'destroy', 'locks', 'keys']));
  });

  it.each([
    ['```sh\nnpm run no-such\n```', 'no such script'],
    ['`npm run locks -- --takes`', "Unknown option '--takes'"],
    ['```sh\nnpm run destroy -- \\\n  development --force   # really\n```', "option '--force'"],
    ['`npm run deploy -- productoin`', 'no environment productoin'],
    ['`npm run keys -- rename 1 --environment moon`', '--environment must be one of'],
  ])('is refused if no one knows it: %s', (markdown, fault) => {
    expect(findFaults(markdown)).toEqual([expect.stringContaining(fault)]);
  });

  it.each([
    '`npm run deploy -- <environment> -target=aws_vpc.a --yes-replace=key`',
    '```sh\nnpm run keys -- create --name "gate # 7" # a comment\n```',
    '`npm start -- --quiet`',
  ])('may be %s', (markdown) => {
    expect(findFaults(markdown)).toEqual([]);
  });
});
