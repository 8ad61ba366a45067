import type { ExecFileException } from 'node:child_process';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { lintContract } from '../../openapi/import/lint-contract.ts';
import { copyRepository } from '../harness/copy-repository.ts';
import { useDatabase } from '../harness/database.ts';
import { endProcess, readUrl, startProcess } from '../harness/service-process.ts';
import { follow, readSteps } from './follow-steps.ts';

const API_KEY = 'a-key-of-the-tests-0123456789';
const BIN = 'node_modules/.bin';
const LOADER = resolve('node_modules/tsx/dist/loader.mjs');
const PATH = '/devices/{deviceID}/activity';

const steps = readSteps(readFileSync('CONTRIBUTING.md', 'utf8'), 'Add an endpoint');
const database = useDatabase();
const copy = copyRepository();
const data = join(copy, '.data');
const running: ReturnType<typeof startProcess>[] = [];
afterEach(async () => {
  for (const child of running.splice(0)) await endProcess(child, 'SIGTERM');
});
afterAll(() => rmSync(copy, { recursive: true }));

describe('CONTRIBUTING.md', { tags: 'long' }, () => {
  it('adds an endpoint, from the contract to what is served and what is deployed', async () => {
    const said: string[] = [];
    for (const step of steps) {
      if (step.kind !== 'run') follow(copy, step);
      else if (step.command === 'npm run generate') {
        await run('npm', 'run', '--silent', 'generate');
        said.push(await compile());
      } else expect(step.command).toBe('npx vitest run test/handlers/device-activity');
    }

    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^src\/handlers\/index\.ts.*'getDeviceActivity' is missing/m);
    expect(said[0]).toMatch(/^test\/clients\/typescript\/types\.test\.ts.*getDeviceActivity/m);
    const [errors, , tested, stack] = await Promise.all([
      compile(),
      run(
        `${BIN}/biome`,
        'check',
        'src/handlers',
        'clients',
        'test/handlers/device-activity.test.ts',
      ),
      run(`${BIN}/vitest`, 'run', 'test/handlers/device-activity'),
      run('npm', 'run', '--silent', 'synth').then(() => readStack()),
    ]);
    expect(errors).toBe('');
    expect(tested).toMatch(/1 passed/);
    expect(lintContract(JSON.parse(readCopy('generated/openapi.json')))).toEqual([]);
    expect(stack).toContain(PATH);
    const ask = await serve();
    expect(await ask(randomUUID())).toEqual({ status: 200, body: { eventTypes: [] } });
    expect(await ask('7')).toMatchObject({ status: 400 });
  }, 300_000);
});

/** Starts the copy with `npm start`; returns a function that calls the endpoint. */
async function serve() {
  mkdirSync(data, { recursive: true });
  const env = { PORT: '0', API_KEY, MONGODB_URI: database.uri };
  const child = startProcess(data, env, ['--import', LOADER, join(copy, 'scripts/start.ts')]);
  running.push(child);
  const url = await readUrl(child);
  return async (deviceID: string) => {
    const headers = { 'x-api-key': API_KEY };
    const response = await fetch(`${url}${PATH.replace('{deviceID}', deviceID)}`, { headers });
    return { status: response.status, body: (await response.json()) as unknown };
  };
}

const TYPED = [
  'src',
  'test/handlers/device-activity.test.ts',
  'test/clients/typescript/types.test.ts',
];

/** Compiles the function, the client's types and the new test, incrementally; returns what tsc prints. */
async function compile(): Promise<string> {
  const compilerOptions = { incremental: true, tsBuildInfoFile: '.data/tsbuildinfo.json' };
  const config = { extends: './tsconfig.json', compilerOptions, include: TYPED };
  writeFileSync(join(copy, 'tsconfig.example.json'), JSON.stringify(config));
  return run(`${BIN}/tsc`, '-p', 'tsconfig.example.json').catch(
    ({ stdout }: ExecFileException) => stdout ?? '',
  );
}

function readStack(): string {
  return readCopy('cdktf.out/stacks/development/cdk.tf.json');
}

function readCopy(path: string): string {
  return readFileSync(join(copy, path), 'utf8');
}

/** Runs a command in the copy; returns what it prints. */
async function run(program: string, ...args: string[]): Promise<string> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST'));
  const env = { ...Object.fromEntries(inherited), MONGODB_URI: database.uri };
  const { stdout } = await promisify(execFile)(program, args, { cwd: copy, env });
  return stdout;
}
