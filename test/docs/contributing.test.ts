import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { copyRepository } from '../harness/copy-repository.ts';
import { useDatabase } from '../harness/database.ts';
import { endProcess, readUrl, startProcess } from '../harness/service-process.ts';
import { follow, readSteps } from './follow-steps.ts';

const API_KEY = 'a-key-of-the-tests-0123456789';
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
  it('adds an endpoint by three files and one of an event type, from the contract to what is served and what is deployed', async () => {
    const byHand = new Set(
      steps.flatMap((step) => (step.kind === 'run' ? [] : [step.file.split('/').at(-1)])),
    );
    expect([...byHand]).toEqual([
      'openapi.yaml',
      'door.yaml',
      'get-device-activity.ts',
      'device-activity.test.ts',
    ]);
    // `check` asks git for the files.
    await run('git', 'init', '--quiet');
    appendFileSync(join(copy, '.git/info/exclude'), 'node_modules\n');
    await run('git', 'add', '--all');
    const outputs = new Map<string, string>();
    for (const step of steps) {
      if (step.kind !== 'run') follow(copy, step);
      else {
        const [program = '', ...args] = step.command.split(' ');
        outputs.set(step.command, await run(program, ...args));
        if (step.command === 'npm run generate') await expectStub();
      }
    }

    expect(outputs.get('npm run generate')).toContain('src/handlers/get-device-activity.ts: write');
    expect(outputs.get('npx vitest run test/handlers/device-activity')).toMatch(/1 passed/);
    expect(outputs.get('npm run check')).toContain('All checks passed.');
    expect(outputs.size).toBe(3);
    await run('npm', 'run', '--silent', 'synth');
    expect(readCopy('cdktf.out/stacks/development/cdk.tf.json')).toContain(PATH);
    const { ask } = await serve();
    const { status, body } = await ask(randomUUID());
    expect({ status, body }).toEqual({ status: 200, body: { eventTypes: [] } });
    expect(await ask('7')).toMatchObject({ status: 400 });
  }, 600_000);
});

/** Until there is a handler, the local service answers by the example, and nothing of it can be built. */
async function expectStub(): Promise<void> {
  const stub = 'src/handlers/get-device-activity.ts is a stub';
  const { ask, said, stop } = await serve();
  expect(await ask(randomUUID())).toEqual({
    status: 200,
    example: 'getDeviceActivity',
    body: {
      eventTypes: ['door_opened', 'temp_celsius'],
      lastEventDate: '2026-05-05T17:20:35.000Z',
    },
  });
  expect(await ask('7')).toMatchObject({ status: 400, example: null });
  expect(said()).toContain(stub);
  await stop();
  await expect(run('npm', 'run', 'build', '--', '.data/build')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining(stub),
  });
  await expect(run('npx', 'tsc')).rejects.toMatchObject({
    stdout: expect.stringMatching(/^generated\/handlers\.ts.*'getDeviceActivity'|undefined/m),
  });
}

/** Starts the copy as `npm start` does; returns a function that calls the endpoint. */
async function serve() {
  mkdirSync(data, { recursive: true });
  const env = { PORT: '0', API_KEY, MONGODB_URI: database.uri };
  const child = startProcess(data, env, ['--import', LOADER, join(copy, 'scripts/start.ts')]);
  running.push(child);
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  const url = await readUrl(child);
  return {
    async ask(deviceID: string) {
      const headers = { 'x-api-key': API_KEY };
      const response = await fetch(`${url}${PATH.replace('{deviceID}', deviceID)}`, { headers });
      const example = response.headers.get('x-example-reply');
      return { status: response.status, example, body: (await response.json()) as unknown };
    },
    said: () => output,
    stop: () => endProcess(child, 'SIGTERM'),
  };
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
