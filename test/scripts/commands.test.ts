import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { commands } from '../../scripts/command-line/commands.ts';
import { parseCommand } from '../../scripts/command-line/read-command.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TSX = join(ROOT, 'node_modules/tsx/dist/loader.mjs');
/** Vitest's and Biome's own. */
const OTHERS = ['test', 'test:long', 'format'];
/** A word that no command takes. */
const WRONG = ['--no-such-option'];

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'iot-events-commands-'));
});
afterAll(() => rm(directory, { recursive: true }));

type Ended = { code: number; stdout: string; stderr: string };

/** Runs a command of package.json elsewhere, where it could not do anything. */
const run = (name: string, args: string[]) =>
  new Promise<Ended>((resolve) => {
    const script = manifest.scripts[name as keyof typeof manifest.scripts];
    const [, path = ''] = /tsx (\S+)/.exec(script) ?? [];
    execFile(
      process.execPath,
      ['--import', TSX, join(ROOT, path), ...args],
      { cwd: directory },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });

describe('the commands of package.json', () => {
  it('are all described', () => {
    const described = [...Object.keys(commands), ...OTHERS].sort();

    expect(Object.keys(manifest.scripts).sort()).toEqual(described);
  });

  it('say first that Node is too old, whose errors would tell nothing', () => {
    for (const script of Object.values(manifest.scripts)) {
      expect(script).toMatch(/^node scripts\/require-node\.cjs && /);
    }
  });

  it.each([
    ['help', ['keys'], 0, 'npm run keys -- create|list'],
    ['help', ['frob'], 2, '✖ There is no command frob: npm run help lists them'],
    ['help', ['--frob'], 2, "✖ Unknown option '--frob'"],
    ['compare', [join(ROOT, 'package.json')], 2, 'is no contract: npm run compare'],
    ['compare', [join(ROOT, 'README.md')], 2, 'is no contract: npm run compare'],
    ['compare', [join(ROOT, 'src')], 2, 'is no contract: npm run compare'],
    ['fuzz', ['frob'], 2, '✖ No test of test/fuzz is named frob, there are'],
    ['model', ['frob'], 2, '✖ No test of test/model is named frob, there are'],
    ['model', ['--seconds', '0'], 2, '✖ --seconds is 0: it must be a number from 1 to 999999'],
    ['fuzz', ['--seconds', '-5'], 2, "✖ Option '--seconds' argument is ambiguous: npm run fuzz"],
    ['fuzz', ['--seed', 'x'], 2, '✖ --seed is x: it must be a number'],
    ['event-types', [], 2, '✖ Say what to do: check, infer, types or release'],
    ['event-types', ['frob'], 2, '✖ There is no command frob: npm run event-types'],
    ['event-types', ['infer'], 2, '✖ infer needs an event type: npm run event-types'],
    ['event-types', ['types'], 2, '✖ types needs a file: npm run event-types'],
    ['event-types', ['check', 'x'], 2, '✖ x is too much: npm run event-types'],
    ['event-types', ['check', '--devices', 'x'], 2, '✖ --devices must be a number from 1 to'],
    [
      'event-types',
      ['check', '--notes', 'x'],
      2,
      "✖ Option '--notes' is for release, not for check",
    ],
  ])(
    '%s %j ends with %d',
    { tags: 'long', concurrent: true },
    async (name, args, expected, message) => {
      const { code, stdout, stderr } = await run(name, args);

      expect(stdout + stderr).toContain(message);
      expect([code, stderr.split('\n').length]).toEqual([expected, expected === 0 ? 1 : 2]);
    },
  );

  it('are listed by npm run help', async () => {
    const { code, stdout } = await run('help', []);

    expect(code).toBe(0);
    for (const { summary } of Object.values(commands)) expect(stdout).toContain(summary);
  });

  describe.each(Object.entries(commands))('%s', { concurrent: true }, (name, command) => {
    // Each loads what the command needs: one of them stands for all in `npm test`.
    const tags = name === 'build' ? [] : ['long'];

    it('tells by --help what it does, and does nothing', { tags }, async () => {
      const { code, stdout, stderr } = await run(name, ['--help']);

      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain(command.summary);
      expect(stdout).toContain('Exit codes:');
      if ('options' in command) {
        for (const option of Object.keys(command.options)) expect(stdout).toContain(`--${option}`);
      }
      expect(await readdir(directory)).toEqual([]);
    });

    it.skipIf('passesOn' in command)(
      'refuses what it does not know in one line',
      { tags },
      async () => {
        const { code, stdout, stderr } = await run(name, WRONG);

        expect([code, stdout]).toEqual([2, '']);
        expect(stderr).toMatch(/^✖ Unknown option '--no-such-option': .* --help tells .*\n$/);
        expect(await readdir(directory)).toEqual([]);
      },
    );
  });
});

describe('a command that passes options on', () => {
  it.each([
    [['production', '--yes'], { yes: true }, ['production']],
    [['production', '--yes-replace=key,link'], { 'yes-replace': 'key,link' }, ['production']],
    [['production', '--yes-replace', 'key'], { 'yes-replace': 'key' }, ['production']],
    [['production', '-auto-approve'], {}, ['production', '-auto-approve']],
    [['production', '--auto-approve'], { 'auto-approve': true }, ['production']],
    [
      ['production', '-var', 'a=b', '-target=aws_vpc.a', '--refresh=false'],
      {},
      ['production', '-var', 'a=b', '-target=aws_vpc.a', '--refresh=false'],
    ],
  ])('reads %j', (args, options, words) => {
    expect(parseCommand(commands.deploy, args)).toEqual({ options: { ...options }, words });
  });

  it('tells help, and refuses an option without its value', () => {
    expect(parseCommand(commands.deploy, ['production', '-h'])).toBeUndefined();
    expect(parseCommand(commands['test:engine'], ['-t', 'x', '--help'])).toBeUndefined();
    expect(() => parseCommand(commands.deploy, ['production', '--yes-replace'])).toThrow(
      'argument missing',
    );
  });
});

describe('npm run parity', () => {
  it.each([
    ['no address', '', 2, '✖ Set BASE_URL'],
    ['what is no address', 'localhost:8080', 2, 'which is no http or https URL'],
    ['where nothing answers', 'http://127.0.0.1:1', 1, '✖ http://127.0.0.1:1 does not answer'],
  ])('refuses %s', async (_, url, expected, message) => {
    process.env.BASE_URL = url;
    const { code, stdout, stderr } = await run('parity', []);

    expect([code, stdout]).toEqual([expected, '']);
    expect(stderr).toContain(message);
  });
});
