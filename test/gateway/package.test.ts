import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findFreePort } from '../../scripts/shared/find-free-port.ts';

const PACKAGE = resolve('gateway');
const README = readFileSync(join(PACKAGE, 'README.md'), 'utf8');
const directory = mkdtempSync(join(tmpdir(), 'apigateway-local-'));
const children: ChildProcess[] = [];

const toBlock = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(README)?.[1] ?? '';

beforeAll(async () => {
  await run(PACKAGE, 'npm', 'run', 'pack', '--', '--pack-destination', directory);
  writeFileSync(join(directory, 'openapi.yaml'), toBlock('yaml'));
  writeFileSync(join(directory, 'handler.mjs'), toBlock('js'));
  const [install = ''] = toBlock('sh').split('\n');
  await run(directory, 'sh', '-c', `${install} --offline --no-audit --no-fund`);
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill();
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Starts a command of the README until it says where it listens. */
async function start(command: string): Promise<string> {
  const port = await findFreePort();
  const [, ...words] = command.replace('8080', String(port)).split(' ');
  const bin = join(directory, 'node_modules/.bin', words[0] ?? '');
  const child = spawn(process.execPath, [bin, ...words.slice(1)], { cwd: directory });
  children.push(child);
  let printed = '';
  child.stderr?.on('data', (text) => {
    printed += text;
  });
  for await (const text of child.stdout ?? []) {
    printed += text;
    if (printed.includes('http://')) return `http://127.0.0.1:${port}`;
  }
  throw new Error(printed);
}

describe('the package, installed into an empty directory', { tags: 'long' }, () => {
  const [, lint = '', serve = '', curl = ''] = toBlock('sh').split('\n');

  it('serves and lints as its README shows', async () => {
    const [program = '', ...words] = lint.split(' ');
    expect(await run(directory, program, ...words)).toMatchObject({
      stdout: '0 refused, 0 weakened\n',
    });

    const url = await start(serve);
    const path = new URL(curl.split(' ')[1] ?? '').pathname;
    const response = await fetch(`${url}${path}`);

    expect([response.status, await response.text()]).toEqual([200, 'Hello from /hello']);
  });

  it('starts again when a function changes', async () => {
    const url = await start(`${serve} --watch`);
    writeFileSync(
      join(directory, 'handler.mjs'),
      'export const handler = async () => ({ body: "new" });',
    );

    await expect
      .poll(() => fetch(`${url}/prod/hello`).then((response) => response.text(), String))
      .toBe('new');
    writeFileSync(join(directory, 'handler.mjs'), toBlock('js'));
  });

  it('calls functions with a callback, and functions that stream', async () => {
    const functions = `
      export const old = (event, context, callback) => { setTimeout(callback, 1, null, { body: 'old' }); };
      export const live = awslambda.streamifyResponse(async (event, output) => {
        const stream = awslambda.HttpResponseStream.from(output, { statusCode: 201, headers: {} });
        stream.write('streamed'); stream.end();
      });`;
    writeFileSync(join(directory, 'both.mjs'), functions);
    const document = JSON.parse(
      await run(
        directory,
        process.execPath,
        '--input-type=module',
        '--eval',
        `
        import { toFunctionUri, toStreamUri } from 'apigateway-local';
        const call = (uri, more) => ({ get: { responses: {}, 'x-amazon-apigateway-integration':
          { type: 'aws_proxy', httpMethod: 'POST', uri, ...more } } });
        console.log(JSON.stringify({ openapi: '3.0.1', info: {}, paths: {
          '/old': call(toFunctionUri('old')),
          '/live': call(toStreamUri('live'), { responseTransferMode: 'STREAM' }) } }));`,
      ).then(({ stdout }) => stdout),
    );
    writeFileSync(join(directory, 'both.json'), JSON.stringify(document));

    const url = await start(
      'npx apigateway-local both.json --function old=both.mjs#old --function live=both.mjs#live --port 8080',
    );

    expect(await (await fetch(`${url}/old`)).text()).toBe('old');
    const streamed = await fetch(`${url}/live`);
    expect([streamed.status, await streamed.text()]).toEqual([201, 'streamed']);
  });

  it.each([
    ['openapi.yaml', 'calls the function hello, which was not given', 1],
    ['none.yaml', 'none.yaml cannot be read', 2],
    ['tags.yaml', 'neither YAML nor JSON', 2],
    ['openapi.yaml --function none.mjs', 'none.mjs does not exist', 2],
    ['openapi.yaml --function handler.mjs#other', 'does not export other', 2],
    ['openapi.yaml --functions x', "Unknown option '--functions'", 2],
    ['openapi.yaml --port x', '--port is x', 2],
    ['lint', 'Which document', 2],
    ['lint tags.yaml', 'tag', 2],
    ['lint bad.yaml', '', 1],
  ])('ends %s with a line, and no stack trace: %s', async (line, message, code) => {
    writeFileSync(join(directory, 'tags.yaml'), 'openapi: !Sub 3');
    writeFileSync(join(directory, 'bad.yaml'), 'a: &a [*a]');
    const bin = join(directory, 'node_modules/.bin/apigateway-local');

    const ended = await run(directory, process.execPath, bin, ...line.split(' ')).catch(
      (error) => error,
    );

    expect(ended).toMatchObject({ code, stderr: expect.stringContaining(message) });
    expect(`${ended.stdout}${ended.stderr}`).not.toMatch(/^ +at /m);
  });

  it('has types', async () => {
    const code = `
      import { createGateway, type GatewaySettings } from 'apigateway-local';
      const settings: GatewaySettings = { stage: { name: 'a' }, functions: { f: async () => ({}) } };
      createGateway({}, settings);
      // @ts-expect-error There is no such option.
      createGateway({}, { stages: [] });`;
    writeFileSync(join(directory, 'use.ts'), code);
    mkdirSync(join(directory, 'node_modules/@types'), { recursive: true });
    cpSync('node_modules/@types/node', join(directory, 'node_modules/@types/node'), {
      recursive: true,
    });
    cpSync('node_modules/undici-types', join(directory, 'node_modules/undici-types'), {
      recursive: true,
    });
    const tsc = resolve('node_modules/typescript/bin/tsc');
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--skipLibCheck', 'use.ts'];

    expect(await run(directory, process.execPath, tsc, ...options)).toMatchObject({ stdout: '' });
  });
});

/** Runs a program as outside of npm, whose variables would name this repository's settings. */
async function run(cwd: string, program: string, ...args: string[]) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('npm_') && !name.startsWith('VITEST'),
  );
  return promisify(execFile)(program, args, {
    cwd,
    env: { ...Object.fromEntries(inherited), NODE_ENV: '' },
  });
}
