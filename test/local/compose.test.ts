import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../scripts/bundle/bundle.ts';
import { findFreePort } from '../../scripts/shared/find-free-port.ts';
import { hasGo } from '../evolution/has-go.ts';
import { useDatabase } from '../harness/database.ts';
import { endProcess, startProcess, toBundle } from '../harness/service-process.ts';

type Service = {
  image: string;
  build?: { context: string; target?: string };
  pull_policy?: string;
  entrypoint: string[] | null;
  command: string[] | null;
  environment?: Record<string, string>;
  healthcheck?: { test: string[]; retries: number };
  depends_on?: Record<string, { condition: string }>;
  restart?: string;
};

/** The services as Compose's own library understands them; it needs no engine. */
const parse = (env: Record<string, string> = {}): Record<string, Service> => {
  const { status, stdout, stderr } = spawnSync('go', ['run', '.', '../../../compose.yaml'], {
    cwd: 'test/local/compose',
    encoding: 'utf8',
    env: { ...process.env, GOFLAGS: '-mod=readonly', ...env },
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout).services;
};

describe.skipIf(!hasGo)('docker compose up', { tags: 'long' }, () => {
  const directory = mkdtempSync(join(tmpdir(), 'iot-events-compose-'));
  const { uri, client } = useDatabase();
  const ends: (() => unknown)[] = [];
  let services: Record<string, Service> = {};

  beforeAll(async () => {
    services = parse();
    await bundle(directory);
  }, 180_000);
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  const find = (name: string): Service => {
    const service = services[name];
    if (!service) throw new Error(`There is no service ${name}`);
    return service;
  };

  /** Runs a command of the file as its container would, with another port and database. */
  const run = (command: string[], port: number, env: Record<string, string> = {}) => {
    const words = command.map((word) => word.replaceAll('8080', String(port)));
    expect(words.shift()).toBe('node');
    return spawnSync(process.execPath, words, {
      cwd: join(directory, 'function'),
      encoding: 'utf8',
      env: { PATH: process.env.PATH, ...env },
    });
  };
  const check = (name: string, port: number) =>
    run(find(name).healthcheck?.test.slice(1) ?? [], port).status;

  it('starts the gateway last, each service when what it needs is ready', () => {
    const conditions = Object.entries(services).map(([name, { depends_on: needs = {} }]) => [
      name,
      Object.fromEntries(Object.entries(needs).map(([need, { condition }]) => [need, condition])),
    ]);

    expect(Object.fromEntries(conditions)).toEqual({
      mongo: {},
      migration: { mongo: 'service_healthy' },
      function: { migration: 'service_completed_successfully' },
      streams: { migration: 'service_completed_successfully' },
      gateway: { function: 'service_healthy', streams: 'service_healthy' },
    });
  });

  it('has a health check for each service that is waited for, and none starts again and again', () => {
    const needed = Object.values(services).flatMap(({ depends_on: needs = {} }) =>
      Object.entries(needs).filter(([, { condition }]) => condition === 'service_healthy'),
    );

    for (const [name] of needed) expect(find(name).healthcheck?.test[0]).toBe('CMD');
    expect(find('gateway').healthcheck?.retries).toBeGreaterThan(5);
    for (const { restart } of Object.values(services)) expect(restart).toBeUndefined();
  });

  it('builds both images here, and takes neither from a registry', () => {
    const built = Object.values(services).filter(({ image }) => image.startsWith('iot-events'));

    expect(built).toHaveLength(4);
    for (const { pull_policy: policy, build } of built)
      expect([policy, build?.context]).toEqual(['build', process.cwd()]);
    expect(find('migration').image).toBe(find('function').image);
    expect(find('streams').image).toBe(find('gateway').image);
  });

  it('calls services by their names, which it has started before', () => {
    const needs = (name: string): string[] =>
      Object.keys(find(name).depends_on ?? {}).flatMap((need) => [need, ...needs(need)]);

    for (const [name, { environment = {} }] of Object.entries(services)) {
      const urls = Object.values(environment).filter((value) => value.includes('://'));
      for (const url of urls) expect(needs(name)).toContain(new URL(url).hostname);
    }
    expect(find('gateway').environment?.API_KEY).toBe('local-development-key');
    expect(parse({ API_KEY: 'another' }).gateway?.environment?.API_KEY).toBe('another');
  });

  it('prepares the database with the bundle, and ends', async () => {
    const { entrypoint, command } = find('migration');
    const words = [...(entrypoint ?? []), ...(command ?? [])];
    // One that is not prepared yet.
    const name = `${new URL(uri).pathname.slice(1)}-compose`;
    const fresh = new URL(uri);
    fresh.pathname = `/${name}`;
    ends.push(() => client.db(name).dropDatabase());

    const ended = run(words, 0, { MONGODB_URI: fresh.href });

    expect([ended.status, ended.stderr]).toEqual([0, '']);
    const collections = await client.db(name).listCollections().toArray();
    expect(collections.map((each) => each.name)).toEqual(
      expect.arrayContaining(['events', 'series']),
    );
    const refused = run(words, 0, { MONGODB_URI: fresh.href, RETENTION_DAYS: 'many' });
    expect([refused.status, refused.stderr]).toEqual([
      1,
      expect.stringContaining('must be a whole number'),
    ]);
  }, 60_000);

  it('waits for the streams until they listen', async () => {
    const port = await findFreePort();
    expect(check('streams', port)).toBe(1);
    expect(find('function').healthcheck).toEqual(find('streams').healthcheck);

    const env = { PORT: String(port), API_KEY: '-', MONGODB_URI: uri };
    const streams = startProcess(directory, env, [toBundle('local/start-streams.ts')]);
    ends.push(() => endProcess(streams, 'SIGTERM'));
    for await (const output of streams.stdout ?? []) if (String(output).includes('Streams')) break;

    expect(check('streams', port)).toBe(0);
  }, 60_000);

  it('calls the gateway healthy once the function answers, and the database', async () => {
    let statusCode = 503;
    const emulator = createServer((_, response) =>
      response.end(JSON.stringify({ statusCode, body: '{"status":"ready"}' })),
    ).listen(0, '127.0.0.1');
    await once(emulator, 'listening');
    ends.push(() => emulator.close());
    const port = await findFreePort();
    expect(check('gateway', port)).toBe(1);

    const LAMBDA_ENDPOINT = `http://127.0.0.1:${(emulator.address() as AddressInfo).port}`;
    const env = { PORT: String(port), API_KEY: 'a-key', LAMBDA_ENDPOINT };
    const gateway = startProcess(directory, env, [toBundle('local/start-gateway.ts')]);
    ends.push(() => endProcess(gateway, 'SIGTERM'));
    for await (const output of gateway.stdout ?? []) if (String(output).includes('The API')) break;
    const checkAside = () => checkElsewhere(find('gateway'), port);

    expect(await checkAside()).toBe(1);
    statusCode = 200;
    expect(await checkAside()).toBe(0);
  }, 60_000);

  it('has every file of the gateway and the streams in their image', async () => {
    const [first = '', second = ''] = readFileSync('Dockerfile', 'utf8')
      .split(/^FROM .*$/m)
      .slice(1);
    const copied = [...`${first}${second}`.matchAll(/^COPY (\w+) \1$/gm)].map(([, name]) => name);
    const { metafile } = await build({
      entryPoints: ['scripts/local/start-gateway.ts', 'scripts/local/start-streams.ts'],
      bundle: true,
      write: false,
      outdir: '.',
      packages: 'external',
      platform: 'node',
      format: 'esm',
      metafile: true,
    });
    const folders = new Set(Object.keys(metafile.inputs).map((path) => path.split('/', 1)[0]));

    expect(copied).toEqual(expect.arrayContaining([...folders]));
    const [, script = ''] = find('streams').command ?? [];
    expect(Object.keys(metafile.inputs)).toContain(script);
    expect(second).toContain('CMD ["node", "scripts/local/start-gateway.ts"]');
    const ignored = readFileSync('.dockerignore', 'utf8');
    for (const name of copied) expect(ignored).toContain(`!${name}\n`);
  });
});

/** Runs a health check without blocking this process, which answers it. */
async function checkElsewhere({ healthcheck }: Service, port: number): Promise<number | null> {
  const [, , ...words] = healthcheck?.test ?? [];
  const script = words.map((word) => word.replaceAll('8080', String(port)));
  const env = { PORT: '0', API_KEY: '-' };
  const child = startProcess(tmpdir(), env, script);
  const [code] = await once(child, 'exit');
  return code;
}
