import { describe, expect, it } from 'vitest';
import { BUILDS, hasCompiler, hasCppCompiler, run, SANITIZERS, useCompiler } from './compiler.ts';

const FACTS = 29;
const SANITIZED = BUILDS.filter(({ name }) => /sanitizers|32 bits/.test(name));
// Functions that compilers call on their own: copying, and 64-bit arithmetic on 32 bits.
const COMPILERS_OWN =
  /^(mem(cpy|set|move)|strlen|__u?div(mod)?(di[34]|si3)|__u?moddi3|_GLOBAL_OFFSET_TABLE_)$/;

const compiler = useCompiler();

describe.skipIf(!hasCompiler)('the C client', () => {
  const expectToWork = async (flags: string[]): Promise<void> => {
    const program = await compiler.compileProgram(['test/unit.c'], flags);

    expect((await run(program)).trim().split('\n')).toHaveLength(FACTS);
  };
  it('works as its header says, with sanitizers', { tags: 'long' }, () => expectToWork(SANITIZERS));

  it.for(BUILDS)(
    'works as its header says, $name',
    { tags: 'long' },
    async ({ flags, needs }, { skip }) => {
      skip(needs !== undefined && !compiler.has(needs), `gcc has no ${needs} (gcc-multilib)`);
      await expectToWork(flags);
    },
  );

  it.for(SANITIZED)(
    'keeps its queue intact, whatever the reply, $name',
    { tags: 'long' },
    async (build, { skip }) => {
      const { flags, needs } = build;
      skip(needs !== undefined && !compiler.has(needs), `gcc has no ${needs} (gcc-multilib)`);
      const seed = Math.floor(Math.random() * 1e9);

      const program = await compiler.compileProgram(['test/fuzz.c'], flags);

      const milliseconds = String(1_000 * Number(process.env.FUZZ_SECONDS ?? 1));
      const output = await run(program, [milliseconds, String(seed)]).catch((error: Error) => {
        throw new Error(`With the seed ${seed}: ${error.message}`);
      });
      expect(output).toMatch(/^[1-9]\d+ replies, [1-9]/);
    },
  );

  it('stores what three tasks add while a fourth one sends', { tags: 'long' }, async () => {
    const flags = ['-g', '-O1', '-fsanitize=thread', '-pthread'];
    const program = await compiler.compileProgram(['test/threads.c'], flags);

    await expect(run(program)).resolves.toBe('ok\n');
  });

  it('brings a fleet back over time, never 3 % of it in 250 ms', { tags: 'long' }, async () => {
    const program = await compiler.compileProgram(['test/herd.c'], ['-O2']);

    // It fails if a kind of outage brings back more.
    await expect(run(program)).resolves.toMatch(/^(\s*[1-3]?\d of 1,000 in 250 ms, .*\n){13}$/);
  });

  it('reads HTTP in pieces of any size, with sanitizers', { tags: 'long' }, async () => {
    const sources = ['test/http.c', 'iot_events_http.c'];
    const program = await compiler.compileProgram(sources, SANITIZERS);

    expect((await run(program)).trim().split('\n')).toHaveLength(4);
  });

  it.each([
    ['iot_events.c', '-O2'],
    ['iot_events.c', '-Os'],
    ['iot_events.c', '-O0'],
    ['iot_events_http.c', '-Os'],
  ])(
    'uses in %s no heap, no stdio and no global state at %s',
    { tags: 'long' },
    async (source, flag) => {
      const object = await compiler.compileLibrary([flag, '-fno-pic'], 'gcc', source);

      const symbols = (await run('nm', [object])).trim().split('\n');

      const [needed = [], kept] = [/ U (\S+)$/, / [BbDdC] (\S+)$/].map((pattern) =>
        symbols.flatMap((line) => pattern.exec(line)?.[1] ?? []),
      );
      expect(
        needed.filter((name) => !COMPILERS_OWN.test(name) && !name.startsWith('iot_events_')),
      ).toEqual([]);
      expect(kept).toEqual([]);
      expect(symbols.some((line) => / T iot_events_(flush|http_feed)$/.test(line))).toBe(true);
    },
  );

  it('exports only names with its prefix', { tags: 'long' }, async () => {
    const object = await compiler.compileLibrary(['-O2']);

    const exported = (await run('nm', ['-g', '--defined-only', object])).trim().split('\n');

    expect(exported.filter((line) => !/ [TR] iot_events_\w+$/.test(line))).toEqual([]);
  });

  it('compiles freestanding and without floating point', { tags: 'long' }, async () => {
    const flags = ['-O2', '-ffreestanding', '-DIOT_EVENTS_NO_DOUBLE', '-mgeneral-regs-only'];

    await expect(
      compiler.compileLibrary(process.arch === 'x64' ? flags : flags.slice(0, 3)),
    ).resolves.toBeTruthy();
  });

  it.skipIf(!hasCppCompiler)('compiles as C++, with C linkage', { tags: 'long' }, async () => {
    const symbols = await run('nm', [await compiler.compileLibrary(['-O2'], 'g++')]);

    expect(symbols).toMatch(/ T iot_events_add$/m);
  });

  it.skipIf(!hasCppCompiler)('compiles with the Arduino example, against stubs', async () => {
    const sketch = '../../examples/c-client/arduino/iot_events_example/iot_events_example.ino';
    const stubs = [
      '-Itest/arduino-stubs',
      '-I.',
      '-Iplatforms',
      '-include',
      'Arduino.h',
      '-x',
      'c++',
      sketch,
    ];

    const flags = ['-std=c++17', '-Wall', '-Wextra', '-Werror', '-fsyntax-only'];

    await expect(run('g++', [...flags, ...stubs])).resolves.toBe('');
  });
});
