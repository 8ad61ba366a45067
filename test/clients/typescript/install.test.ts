import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, useLocalService } from '../../harness/local-service.ts';

const PACKAGE = resolve('clients/typescript');
const service = useLocalService();
const directory = mkdtempSync(join(tmpdir(), 'iot-events-install-'));
let tarball = '';

beforeAll(async () => {
  const { stdout } = await run(PACKAGE, 'npm', 'pack', '--silent', '--pack-destination', directory);
  tarball = join(directory, stdout.trim().split('\n').at(-1) ?? '');
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('the tarball of npm pack', { tags: 'long' }, () => {
  it('is what publint and attw want of a package', async () => {
    const bin = resolve('node_modules/.bin');

    await run(directory, join(bin, 'publint'), 'run', tarball, '--strict');
    // What knows no `exports`, as Node before 12.7, gets the main module alone.
    await run(directory, join(bin, 'attw'), tarball, '--profile', 'node16');
  });
});

describe.each([
  ['the tarball of npm pack', () => tarball],
  ['the folder', () => PACKAGE],
  ['the address in the docs', () => `${service.url()}/docs/${toDocsPath()}`],
])('%s, installed into an empty project', { tags: 'long' }, (_, source) => {
  let project = '';
  beforeAll(async () => {
    project = mkdtempSync(join(directory, 'project-'));
    writeFileSync(join(project, 'package.json'), '{"private":true,"type":"module"}');
    // It has no dependencies, so no registry is asked.
    const from = source();
    const offline = from.startsWith('http:') ? [] : ['--offline'];
    await run(project, 'npm', 'install', ...offline, '--no-audit', '--no-fund', from);
  });

  it('sends an event with the first lines of the README', async () => {
    const deviceID = randomUUID();
    const [, code = ''] =
      /```js\n(.*?)```/s.exec(readFileSync(join(PACKAGE, 'README.md'), 'utf8')) ?? [];
    const here = code
      .replace('http://localhost:8080', service.url())
      .replace('local-development-key', API_KEY)
      .replace('8f188304-e7b3-4a16-a243-b9470468478a', deviceID);
    writeFileSync(join(project, 'send.js'), here);

    expect(code.split('\n').length).toBeLessThan(12);
    expect(await run(project, process.execPath, 'send.js')).toEqual({ stdout: '0\n', stderr: '' });
    const url = `${service.url()}/events/latest?deviceID=${deviceID}`;
    const reply = await fetch(url, { headers: { 'x-api-key': API_KEY } });
    const { events } = (await reply.json()) as { events: unknown[] };
    expect(events).toMatchObject([{ eventType: 'temp_celsius', value: 21.4 }]);
  });

  it('can be required, with its stores', async () => {
    const code = `
      const { createQueue } = require('@iot-events/client');
      const { createFileStore } = require('@iot-events/client/node');
      const { createBrowserStore } = require('@iot-events/client/browser');
      console.log(typeof createQueue, typeof createFileStore, typeof createBrowserStore);`;
    writeFileSync(join(project, 'use.cjs'), code);

    const { stdout } = await run(project, process.execPath, 'use.cjs');

    expect(stdout).toBe('function function function\n');
  });

  it.each([
    ['Node16', 'Node16'],
    ['NodeNext', 'NodeNext'],
    ['ESNext', 'Bundler'],
  ])('has types for module %s and %s resolution', { tags: 'long' }, async (module, resolution) => {
    const code = `
      import { createClient, createQueue, ProblemError } from '@iot-events/client';
      import { createFileStore } from '@iot-events/client/node';
      import { createBrowserStore } from '@iot-events/client/browser';
      export const client = createClient({ baseUrl: 'https://api.example', apiKey: '' });
      export const queue = createQueue(client, { store: createFileStore('x') });
      export const other = createQueue(client, { store: createBrowserStore() });
      export const isOfApi: boolean = new ProblemError({} as never).isOfApi;
      // @ts-expect-error There is no such option.
      createQueue(client, { onSaved: () => undefined });`;
    for (const name of ['use.ts', 'use.cts']) writeFileSync(join(project, name), code);
    const compilerOptions = {
      strict: true,
      noEmit: true,
      types: [],
      lib: ['ES2022', 'DOM'],
      target: 'ES2022',
      module,
      moduleResolution: resolution,
      skipDefaultLibCheck: true,
      preserveSymlinks: true,
    };
    const config = { compilerOptions, files: ['use.ts', 'use.cts'] };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config));

    const tsc = resolve('node_modules/typescript/bin/tsc');
    expect(await run(project, process.execPath, tsc, '-p', '.')).toEqual({
      stdout: '',
      stderr: '',
    });
  });
});

/** The link in the guide. */
const toDocsPath = () =>
  /\((clients\/.*\.tgz)\)/.exec(readFileSync('docs/site/sending.md', 'utf8'))?.[1] ?? 'no link';

/** Runs a program as outside of npm, whose variables would name this repository's settings. */
async function run(cwd: string, program: string, ...args: string[]) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('npm_') && !name.startsWith('VITEST'),
  );
  const env = { ...Object.fromEntries(inherited), NODE_ENV: '' };
  return promisify(execFile)(program, args, { cwd, env });
}
