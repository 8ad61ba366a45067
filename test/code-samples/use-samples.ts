import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';
import type { useCompiler } from '../clients/c/compiler.ts';
import { CLIENT, run as compile } from '../clients/c/compiler.ts';
import { API_KEY } from '../harness/local-service.ts';

/** The exit status of a program, and what it printed on both outputs. */
export type Outcome = { status: number; output: string };
export type RunSample = (operationId: string, apiKey?: string) => Promise<Outcome>;

export const SAMPLES = resolve('generated/samples');

/** Runs sample files unchanged against a service, each in its own process. */
export const useSamples = (
  url: () => string,
  compiler: ReturnType<typeof useCompiler>,
  source = SAMPLES,
): ((label: string) => RunSample) => {
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'iot-events-samples-'));
    await bundleTypescript(source, directory);
  });
  afterAll(() => rm(directory, { recursive: true }));
  const programs = new Map<string, Promise<string>>();
  const compileOnce = (name: string, apiKey: string): Promise<string> => {
    const program = join(directory, `${name}-${apiKey}`);
    const settings = [`-DBASE_URL="${url()}"`, `-DAPI_KEY="${apiKey}"`];
    const compiled =
      programs.get(program) ??
      compileSample(`${source}/${name}.c`, {
        program,
        settings,
        library: () => compiler.compileLibrary(),
      });
    programs.set(program, compiled);
    return compiled;
  };
  const commands: Record<string, (name: string, apiKey: string) => Promise<string[]>> = {
    curl: async (name) => ['sh', `${source}/${name}.sh`],
    TypeScript: async (name) => [process.execPath, join(directory, `${name}.mjs`)],
    Python: async (name) => ['python3', `${source}/${name}.py`],
    C: async (name, apiKey) => [await compileOnce(name, apiKey)],
  };
  return (label) =>
    async (operationId, apiKey = API_KEY) => {
      const [program = '', ...args] =
        (await commands[label]?.(toFileName(operationId), apiKey)) ?? [];
      return execute(program, args, { BASE_URL: url(), API_KEY: apiKey });
    };
};

/** Bundles all samples at once, with our client: one compiler per sample would take longer than its run. */
async function bundleTypescript(source: string, outdir: string): Promise<void> {
  await build({
    entryPoints: [`${source}/*.ts`],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    alias: { '@iot-events/client': resolve('clients/typescript/src/index.ts') },
  });
}

type Compilation = { program: string; settings: string[]; library(): Promise<string> };

/** Compiles with libcurl only, unless the sample includes our client. */
async function compileSample(sample: string, { program, settings, library }: Compilation) {
  const strict = ['-std=c99', '-pedantic', '-Wall', '-Wextra', '-Werror'];
  const usesClient = (await readFile(sample, 'utf8')).includes('iot_events.h');
  const client = usesClient
    ? ['-I.', '-Iplatforms', 'platforms/curl_platform.c', await library()]
    : [];
  await compile('gcc', [...strict, ...settings, sample, ...client, '-lcurl', '-o', program]);
  return program;
}

async function execute(program: string, args: string[], settings: object): Promise<Outcome> {
  const env = { PATH: process.env.PATH, ...settings };
  try {
    const { stdout, stderr } = await promisify(execFile)(program, args, { cwd: CLIENT, env });
    return { status: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { status: code, output: stdout + stderr };
  }
}

const toFileName = (operationId: string): string =>
  operationId.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
