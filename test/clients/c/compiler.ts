import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from 'vitest';

/** The C client's directory. */
export const CLIENT = fileURLToPath(new URL('../../../clients/c/', import.meta.url));

/** The sources of a device that takes commands, and of its transport. */
export const DEVICE = ['test/device.c', 'test/posix_transport.c', 'iot_events_http.c'];

const STRICT = ['-pedantic', '-Wall', '-Wextra', '-Werror'];
const LIBRARY = ['-std=c99', ...STRICT, '-Wconversion', '-Wshadow', '-Wundef', '-Wcast-qual'];
export const SANITIZERS = [
  '-g',
  '-O1',
  '-fsanitize=address,undefined',
  '-fno-sanitize-recover=all',
];

/** Whether there is a C compiler. Without one, the tests that need it are skipped with a warning; in CI they fail. */
export const hasCompiler = works('gcc', ['--version']);
export const hasCppCompiler = hasCompiler && works('g++', ['--version']);
if (!hasCompiler || !hasCppCompiler) {
  const message = 'No gcc and g++: the tests of the C client are skipped (apt-get install g++)';
  if (process.env.CI) throw new Error(message);
  console.warn(message);
}

/** The ways to compile the C client. 32 bits need libraries that may be missing. */
export const BUILDS: { name: string; flags: string[]; needs?: string }[] = [
  { name: 'optimised', flags: ['-O2'] },
  { name: 'with sanitizers', flags: SANITIZERS },
  { name: 'with unsigned char', flags: [...SANITIZERS, '-funsigned-char'] },
  { name: 'for 32 bits', flags: [...SANITIZERS, '-m32'], needs: '-m32' },
];

/** A compiler with a temporary directory for one test file. */
export const useCompiler = () => {
  let directory = '';
  const objects = new Map<string, Promise<string>>();
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'iot-events-c-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));
  return {
    directory: () => directory,
    /** Whether a program compiled with this flag runs here. */
    has(flag: string): boolean {
      const program = join(directory, 'nothing');
      const source = { input: 'int main(void) { return 0; }' };
      const { status } = spawnSync('gcc', [flag, '-x', 'c', '-', '-o', program], source);
      return status === 0 && works(program, []);
    },
    /** Compiles only the library, with strict warnings; returns the object file's path. */
    compileLibrary(
      flags: string[] = [],
      compiler = 'gcc',
      source = 'iot_events.c',
    ): Promise<string> {
      const object = join(directory, `${nameOf([source])}-${compiler}-${toName(flags)}.o`);
      const language = compiler === 'g++' ? ['-x', 'c++', ...STRICT] : LIBRARY;
      const args = [...language, ...flags, '-c', source, '-o', object];
      const compiled = objects.get(object) ?? run(compiler, args).then(() => object);
      objects.set(object, compiled);
      return compiled;
    },
    /** Compiles the library and a program that uses it; returns the program's path. */
    async compileProgram(sources: string[], flags: string[]): Promise<string> {
      const [object, program] = [
        await this.compileLibrary(flags),
        join(directory, nameOf(sources)),
      ];
      const others = ['-std=c99', ...STRICT, '-Wno-unused-function', ...sources, object];
      await run('gcc', [...others, ...flags, '-o', `${program}${toName(flags)}`]);
      return `${program}${toName(flags)}`;
    },
    /** Compiles the library, HTTP and a program in C++ that uses them; returns the program's path. */
    async compileCpp(sources: string[], flags: string[]): Promise<string> {
      const program = join(directory, nameOf(sources));
      const objects = await Promise.all(
        ['iot_events.c', 'iot_events_http.c'].map((source) =>
          this.compileLibrary(['-O1'], 'gcc', source),
        ),
      );
      const strict = ['-std=c++17', '-Wall', '-Wextra', '-Werror'];
      await run('g++', [...strict, ...flags, ...sources, ...objects, '-o', program]);
      return program;
    },
  };
};

/** Runs a program in the client's directory; returns its standard output. */
export const run = async (
  program: string,
  args: string[] = [],
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> => (await promisify(execFile)(program, args, { cwd: CLIENT, env })).stdout;

function toName(flags: string[]): string {
  return flags.join('').replaceAll('/', '_');
}

function nameOf([source = '']: string[]): string {
  return basename(source, '.c');
}

export function works(program: string, args: string[]): boolean {
  return spawnSync(program, args).status === 0;
}
