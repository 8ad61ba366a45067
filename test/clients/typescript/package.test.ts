import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildClient } from '../../../scripts/client/build-client.ts';
import { hasBrowser, useBrowser } from '../../dashboard/browser.ts';
import { API_KEY, useLocalService } from '../../harness/local-service.ts';

const service = useLocalService();
const browser = useBrowser();
// A project outside of this repository, with only the package in it.
const project = mkdtempSync(join(tmpdir(), 'iot-events-client-'));
const installed = join(project, 'node_modules/@iot-events/client');

beforeAll(async () => {
  mkdirSync(installed, { recursive: true });
  cpSync('clients/typescript/package.json', join(installed, 'package.json'));
  await buildClient(installed);
  writeFileSync(join(project, 'package.json'), '{"type":"module"}');
});
afterAll(() => rmSync(project, { recursive: true }));

describe('the package', () => {
  it('works alone in Node', async () => {
    const code = `
      import { createClient, createQueue } from '@iot-events/client';
      const client = createClient(${JSON.stringify({ baseUrl: service.url(), apiKey: API_KEY })});
      const queue = createQueue(client);
      queue.add({ deviceID: '${randomUUID()}', eventType: 'door' });
      await queue.flush();
      console.log(queue.size);
    `;

    expect(await run('--input-type=module', '--eval', code)).toBe('0\n');
  });

  it('works as its README shows', async () => {
    const readme = readFileSync('clients/typescript/README.md', 'utf8');
    const [device = '', stores = '', dashboard = ''] = [
      ...readme.matchAll(/```ts\n(.*?)```/gs),
    ].map(([, code]) => code);
    const here = (code: string) =>
      code
        .replace('http://localhost:8080', service.url())
        .replace('local-development-key', API_KEY)
        .replaceAll('8f188304-e7b3-4a16-a243-b9470468478a', deviceID);
    const deviceID = randomUUID();
    const evaluate = (code: string) => run('--input-type=module', '--eval', here(code));
    const stored = `
      ${device.replace('(client, {', '(client, { store: fileStore,').replace('const queue', `${stores}$&`)}
      console.log(await fileStore.load());`;

    expect(await evaluate(stored)).toBe('[]\n');
    const shown = await evaluate(dashboard);
    expect(shown).toMatch(/Z 21\.4\n1\n/);
    expect(shown).toContain('button_pressed');
  });

  it.each([
    ['a page', ['ES2022', 'DOM'], 'Bundler'],
    ['a worker', ['ES2022', 'WebWorker'], 'Bundler'],
    ['a page, by the rules of Node', ['ES2022', 'DOM'], 'NodeNext'],
  ])(
    'has types that need only standard libraries, for %s',
    { tags: 'long' },
    async (_, lib, moduleResolution) => {
      const code = `
      import { createClient } from '@iot-events/client';
      const client = createClient({ baseUrl: 'https://api.example', apiKey: '' });
      const { results: [result] } = await client.addEvents({ events: [] });
      export const isStored = result?.status === 'created';
      // @ts-expect-error There is no such status.
      export const isLost = result?.status === 'lost';
    `;
      writeFileSync(join(project, 'use.ts'), code);
      const module = moduleResolution === 'NodeNext' ? 'NodeNext' : 'ESNext';
      const options = { strict: true, noEmit: true, types: [], lib, module, moduleResolution };
      const config = {
        compilerOptions: { ...options, target: 'ES2022', skipDefaultLibCheck: true },
        files: ['use.ts'],
      };
      writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config));

      expect(await run(resolve('node_modules/typescript/bin/tsc'), '-p', '.')).toBe('');
    },
  );

  it('contains compiled code, declarations and a licence, and nothing else', () => {
    const names = readdirSync(installed, { recursive: true }).map(String);

    const isCode = /^dist\/(esm|cjs)\/.*\.(js|d\.ts)(\.map)?$|^dist\/src\/.*\.ts$/;
    expect(names.filter((name) => !isCode.test(name) && name.includes('.')).sort()).toEqual([
      'dist/cjs/package.json',
      'dist/esm/package.json',
      'package.json',
    ]);
    expect(names).toContain('dist/LICENSE');
  });

  it('has maps that name the sources in it', () => {
    const names = readdirSync(installed, { recursive: true }).map(String);
    const maps = names.filter((name) => name.endsWith('.map'));

    expect(maps.length).toBeGreaterThan(100);
    for (const name of maps) {
      const { sources } = JSON.parse(readFileSync(join(installed, name), 'utf8'));
      expect(names).toContain(join(dirname(name), sources[0]));
    }
  });

  it('imports the files that were emitted, in its declarations too', () => {
    const files = readdirSync(installed, { recursive: true }).map(String);
    const imports = files
      .filter((name) => /^dist\/esm\/.*\.(js|d\.ts)$/.test(name))
      .map((name) => readFileSync(join(installed, name), 'utf8'))
      .flatMap((code) => [...code.matchAll(/from '(.*)'/g)].map(([, path]) => path));

    expect(imports.length).toBeGreaterThan(20);
    const relative = imports.filter((path) => !path?.startsWith('node:'));
    expect(relative.filter((path) => !/^\.{1,2}\/.*\.js$/.test(path ?? ''))).toEqual([]);
  });
});

describe('the bundle', () => {
  it('is small, and contains queue and cache only if they are used', async () => {
    const client = sizeOf(await bundle(`export { createClient } from '@iot-events/client';`));
    const all = sizeOf(await bundle(`export * from '@iot-events/client';`));
    console.log(`createClient: ${client} bytes, all: ${all} bytes (minified, gzip)`);

    expect(client).toBeLessThan(5_200);
    expect(all).toBeLessThan(8_000);
    expect(all - client).toBeGreaterThan(1_500);
  });

  it('runs without anything of Node', async () => {
    const script = await bundle(`${PROGRAM}\n${show(service.url())}`, 'iife');
    const context = createContext(webGlobals());
    runInContext(script, context);

    expect(JSON.parse(await context.shown)).toEqual(SHOWN);
  });

  it.skipIf(!hasBrowser)('runs in a page of a browser', { tags: 'long' }, async () => {
    const script = await bundle(`${PROGRAM}\n${show(service.url())}`, 'iife');
    const page = await browser.get().newPage();
    await page.goto(`${service.url()}/dashboard`);

    expect(JSON.parse(await page.evaluate(`${script}; globalThis.shown`))).toEqual(SHOWN);
  });
});

const PROGRAM = `
  import { createClient, createQueue } from '@iot-events/client';
  const show = async (settings, device, since) => {
    const client = createClient({ ...settings, retry: { baseDelayMs: 1, maxTries: 2 } });
    const queue = createQueue(client);
    for (let value = 0; value < 500; value++) queue.add({ ...device, date: since, value });
    const left = await queue.close();
    let read = 0;
    for await (const _ of client.events({ ...device, since, limit: 200 })) read += 1;
    const elsewhere = createClient({ ...settings, baseUrl: 'http://localhost:1', retry: false });
    const error = await elsewhere.listEvents({ ...device, since }).catch(({ name }) => name);
    return JSON.stringify({ left, read, node: typeof process + typeof Buffer, error });
  };
`;
const SHOWN = { left: 0, read: 500, node: 'undefinedundefined', error: 'ConnectionError' };

/** Runs the program against the service, for a device of its own. */
function show(baseUrl: string): string {
  const device = { deviceID: randomUUID(), eventType: 'reading' };
  const parts = [{ baseUrl, apiKey: API_KEY }, device, '2026-05-05T12:00:00Z'];
  return `globalThis.shown = show(${parts.map((part) => JSON.stringify(part)).join(', ')});`;
}

/** Runs Node in the project and returns its output. Asynchronous, since the service runs in this process. */
async function run(...args: string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: project });
  return stdout + stderr;
}

async function bundle(contents: string, format: 'esm' | 'iife' = 'esm'): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: project },
    bundle: true,
    minify: true,
    write: false,
    format,
    platform: 'browser',
  });
  return outputFiles[0]?.text ?? '';
}

const sizeOf = (text: string): number => gzipSync(text).length;

/** The globals that browsers and edge workers share, which the client may use. */
function webGlobals() {
  const { AbortController, Blob, CompressionStream, DOMException, Headers, Response } = globalThis;
  const { TextEncoder, URL, crypto, fetch, performance, setTimeout, clearTimeout } = globalThis;
  return {
    AbortController,
    Blob,
    CompressionStream,
    DOMException,
    Headers,
    Response,
    TextEncoder,
    URL,
    crypto,
    fetch,
    performance,
    setTimeout,
    clearTimeout,
  };
}
