import { execFile, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Tokens } from 'marked';
import { lexer } from 'marked';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, useLocalService } from '../harness/local-service.ts';

const FOLDER = 'docs/site';
const hasCurl = spawnSync('curl', ['--version']).status === 0;
if (!hasCurl) {
  if (process.env.CI) throw new Error('curl is not installed: the examples of the docs need it');
  console.warn('No curl: the examples of the docs are not run');
}

type Example = { command: string; output?: Tokens.Code };

/** The shell blocks of a page, each with its expected output. */
const findExamples = (name: string): Example[] => {
  const tokens = lexer(readFileSync(`${FOLDER}/${name}`, 'utf8')).filter(
    ({ type }) => type !== 'space',
  );
  return tokens.flatMap((token, index) => {
    if (token.type !== 'code' || token.lang !== 'sh') return [];
    const next = tokens[index + 1];
    return [{ command: token.text, ...(next?.type === 'code' && { output: next as Tokens.Code }) }];
  });
};

const pages = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .map((name) => ({ name, examples: findExamples(name) }))
  .filter(({ examples }) => examples.length > 0);

/** The output that a page shows, where `…` matches anything. */
const toExpected = ({ lang, text }: Tokens.Code): unknown => {
  if (lang !== 'json') return toMatcher(text);
  return JSON.parse(text, (_, value) => (typeof value === 'string' ? toMatcher(value) : value));
};

/** Without curl's progress. */
const quiet = (command: string): string => command.replace('curl ', 'curl -s ');

const toMatcher = (text: string): unknown =>
  text.includes('…')
    ? expect.stringMatching(new RegExp(`^${text.split('…').map(toPattern).join('.+')}$`))
    : text;

function toPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

describe.skipIf(!hasCurl)('the examples of the docs', () => {
  const service = useLocalService();
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'iot-events-examples-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  /** Runs all blocks of a page in one shell; returns the output of each. */
  const run = async (examples: Example[]): Promise<string[]> => {
    const script = examples.map(({ command }) => command).join("\nprintf '\\0'\n");
    const own = script
      .replaceAll('http://localhost:8080', service.url())
      .replaceAll('local-development-key', API_KEY);
    const env = { ...process.env, API: service.url(), KEY: API_KEY };
    const { stdout } = await promisify(execFile)('sh', ['-ec', own], { env, cwd: directory });
    return stdout.split('\0').map((text) => text.replaceAll('\r', '').trimEnd());
  };

  it.each(pages)('of $name print what it says', async ({ examples }) => {
    const printed = await run(examples);

    const seen = examples.map(({ output }, index) =>
      output?.lang === 'json' ? JSON.parse(printed[index] ?? '') : printed[index],
    );
    expect(seen).toEqual(examples.map(({ output }) => (output ? toExpected(output) : '')));
  });

  it('of README.md print what it says', async () => {
    const tokens = lexer(readFileSync('README.md', 'utf8'));
    const blocks = tokens.filter(({ type }) => type === 'code') as Tokens.Code[];
    const { text = '' } = blocks.find((block) => block.text.startsWith('curl')) ?? {};
    const [store = '', read = ''] = text.replace(/^#.*\n?/gm, '').split('\n\n');
    const shown = [...text.matchAll(/^# (.*)$/gm)].flatMap(([, line = '']) =>
      line.split(/ +sent again: /),
    );

    const [device = ''] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(store) ?? [];
    const headers = { 'x-api-key': API_KEY };
    await fetch(`${service.url()}/devices/${device}`, { method: 'DELETE', headers });
    const printed = await run([store, store, read].map((command) => ({ command: quiet(command) })));

    expect(printed).toEqual(shown);
  });

  it('are there', () => {
    expect(pages.flatMap(({ examples }) => examples).length).toBeGreaterThan(15);
  });
});
