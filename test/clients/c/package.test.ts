import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, useLocalService } from '../../harness/local-service.ts';
import { endProcess } from '../../harness/service-process.ts';
import { CLIENT, hasCompiler, hasCppCompiler, run, useCompiler, works } from './compiler.ts';

const hasCmake = hasCompiler && works('cmake', ['--version']) && works('pkg-config', ['--version']);
const hasCrossCompilers =
  works('arm-none-eabi-gcc', ['--version']) && works('riscv64-unknown-elf-gcc', ['--version']);

const service = useLocalService();
const compiler = useCompiler();
let directory = '';
let library = '';

describe.skipIf(!hasCompiler)('the package of the C client', () => {
  // From the docs site, unpacked into an empty folder: what is missing from it is not found beside it.
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'iot-events-package-'));
    library = join(directory, 'iot_events');
    const guide = await readFile('docs/site/sending.md', 'utf8');
    const [, link = 'no link'] = /\((clients\/.*\.zip)\)/.exec(guide) ?? [];
    const response = await fetch(`${service.url()}/docs/${link}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/zip',
    ]);
    const zip = join(directory, 'packed.zip');
    await writeFile(zip, Buffer.from(await response.arrayBuffer()));
    await run('python3', ['-m', 'zipfile', '-e', zip, directory]);
    await rm(zip);
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('has one version', async () => {
    const read = (name: string) => readFile(join(library, name), 'utf8');
    const [, version] =
      /^#define IOT_EVENTS_VERSION "(.*)"$/m.exec(await read('iot_events.h')) ?? [];

    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(JSON.parse(await read('library.json')).version).toBe(version);
    expect(await read('library.properties')).toContain(`\nversion=${version}\n`);
    expect(await read('idf_component.yml')).toContain(`version: "${version}"\n`);
    expect(await readFile(join(CLIENT, 'LICENSE'), 'utf8')).toBe(await readFile('LICENSE', 'utf8'));
  });

  it('has each property that Arduino requires', async () => {
    const lines = (await readFile(join(library, 'library.properties'), 'utf8')).split('\n');
    const names = lines.map((line) => /^(\w+)=./.exec(line)?.[1]);

    // docs.arduino.cc/arduino-cli/library-specification: without one of them, the IDE does not add the library.
    expect(names).toEqual(
      expect.arrayContaining([
        'name',
        'version',
        'author',
        'maintainer',
        'sentence',
        'paragraph',
        'category',
        'url',
        'architectures',
      ]),
    );
  });

  it('names its licence in each source', async () => {
    const sources = (await readdir(library, { recursive: true })).filter((name) =>
      /\.[ch]$/.test(name),
    );

    expect(sources.length).toBeGreaterThan(8);
    for (const source of sources) {
      expect(await readFile(join(library, source), 'utf8')).toMatch(
        /^\/\* SPDX-License-Identifier: MIT \*\/\n/,
      );
    }
  });

  describe.skipIf(!hasCppCompiler)('is a library of', () => {
    // Where each looks for libraries, and what it compiles of them: Arduino each source of the root, PlatformIO those of
    // the filter. Neither can be had here; the ESP32 is this machine.
    const LAYOUTS = [
      ['Arduino', 'libraries', () => readdir(library)],
      ['PlatformIO', 'lib', readSourceFilter],
    ] as const;

    it.each(LAYOUTS)(
      '%s: its example keeps its readings over a reset, and sends them',
      {
        tags: 'long',
      },
      async (name, folder, listSources) => {
        const project = join(directory, name);
        const installed = join(project, folder, 'iot_events');
        await mkdir(join(project, folder), { recursive: true });
        await cp(library, installed, { recursive: true });
        const sources = (await listSources()).filter((source) => source.endsWith('.c'));
        const deviceID = randomUUID();
        const build = (url: string) =>
          compileSketch({ project, installed, sources, url, deviceID });

        const offline = spawn(await build('http://127.0.0.1:9'), { cwd: project, stdio: 'ignore' });
        await expect.poll(() => readdir(project)).toContain('queue');
        await endProcess(offline, 'SIGKILL');
        const online = spawn(await build(service.url()), { cwd: project, stdio: 'ignore' });
        await expect.poll(() => readdir(project)).not.toContain('queue');
        await endProcess(online, 'SIGKILL');

        const values = await readValues(deviceID);
        expect(values.length).toBeGreaterThan(1);
        expect(new Set(values)).toEqual(new Set([21.5]));
      },
    );
  });

  it.skipIf(!hasCmake)(
    'installs by CMake, for find_package and pkg-config, and sends an event',
    { tags: 'long' },
    async ({ skip }) => {
      skip(!compiler.has('-lcurl'), 'libcurl is not installed');
      const prefix = join(directory, 'prefix');
      const build = join(directory, 'build');
      await run('cmake', ['-S', library, '-B', build, `-DCMAKE_INSTALL_PREFIX=${prefix}`]);
      await run('cmake', ['--build', build]);
      await run('cmake', ['--install', build]);
      await rm(library, { recursive: true });
      const deviceID = await writeProject(join(directory, 'app'));

      const app = join(directory, 'app');
      const options = [`-DCMAKE_PREFIX_PATH=${prefix}`];
      await run('cmake', ['-S', app, '-B', join(app, 'build'), ...options]);
      await run('cmake', ['--build', join(app, 'build')]);
      await run(join(app, 'build', 'app'));
      expect(await readValues(deviceID)).toEqual([21.5]);

      const settings = { ...process.env, PKG_CONFIG_PATH: join(prefix, 'lib/pkgconfig') };
      const flags = ['--cflags', '--libs', 'iot_events_curl'];
      const found = (await run('pkg-config', flags, settings)).trim().split(/\s+/);
      const program = join(directory, 'by-pkg-config');
      await run('gcc', ['-std=c99', join(app, 'main.c'), ...found, '-o', program]);
      await run(program);
      expect(await readValues(deviceID)).toEqual([21.5, 21.5]);
    },
  );

  it.skipIf(!hasCrossCompilers)('has the sizes of its README', { tags: 'long' }, async () => {
    const table = await run('sh', ['print-sizes.sh']);

    expect(table.trim().split('\n')).toHaveLength(5);
    // Another version of a compiler makes other sizes.
    const version = await run('arm-none-eabi-gcc', ['-dumpversion']);
    if (version.startsWith('12.2.')) {
      expect(await readFile(join(CLIENT, 'README.md'), 'utf8')).toContain(table);
    }
  });
});

/** The sources that library.json names. */
async function readSourceFilter(): Promise<string[]> {
  const { build } = JSON.parse(await readFile(join(library, 'library.json'), 'utf8'));
  expect([build.srcDir, build.includeDir]).toEqual(['.', '.']);
  return build.srcFilter.map((filter: string) => filter.slice('+<'.length, -'>'.length));
}

type Sketch = {
  project: string;
  installed: string;
  sources: string[];
  url: string;
  deviceID: string;
};

/** Compiles the installed example for this machine, with its settings filled in, and in a hurry. */
async function compileSketch({ project, installed, sources, url, deviceID }: Sketch) {
  const example = join(installed, 'examples/iot_events_example/iot_events_example.ino');
  const sketch = join(project, 'sketch.ino');
  const text = (await readFile(example, 'utf8'))
    .replace(/BASE_URL = ".*"/, `BASE_URL = "${url}"`)
    .replace(/API_KEY = ".*"/, `API_KEY = "${API_KEY}"`)
    .replace('8f188304-e7b3-4a16-a243-b9470468478a', deviceID)
    .replace('READ_EVERY_MS = 10000', 'READ_EVERY_MS = 200')
    .replace('SAVE_EVERY_MS = 300000', 'SAVE_EVERY_MS = 300')
    .replace('config.drop_oldest', 'config.start_wait_ms = IOT_EVENTS_NO_WAIT;\n  $&');
  await writeFile(sketch, text);
  const objects = sources.map((source) => join(project, source.replace('.c', '.o')));
  for (const [index, source] of sources.entries()) {
    await run('gcc', ['-std=c99', '-c', join(installed, source), '-o', objects[index] ?? '']);
  }
  const program = join(project, 'sketch');
  const stubs = ['-Itest/arduino-stubs', '-pthread', `-DSKETCH="${sketch}"`, 'test/sketch.cpp'];
  const flags = ['-std=c++17', '-Wall', '-Wextra', '-Werror', `-I${installed}`];
  await run('g++', [...flags, ...stubs, ...objects, '-o', program]);
  return program;
}

/** Writes a project with the README's first program, for the local service. Returns the program's device. */
async function writeProject(app: string): Promise<string> {
  const deviceID = randomUUID();
  const readme = await readFile(join(CLIENT, 'README.md'), 'utf8');
  const [, program = ''] = /```c\n(.*?)```/s.exec(readme) ?? [];
  await mkdir(app);
  await writeFile(
    join(app, 'main.c'),
    program
      .replace('http://localhost:8080', service.url())
      .replace('local-development-key', API_KEY)
      .replace('8f188304-e7b3-4a16-a243-b9470468478a', deviceID),
  );
  await writeFile(
    join(app, 'CMakeLists.txt'),
    `cmake_minimum_required(VERSION 3.16)
project(app C)
find_package(iot_events 1.0 REQUIRED)
add_executable(app main.c)
target_link_libraries(app iot_events::curl)
`,
  );
  return deviceID;
}

async function readValues(deviceID: string): Promise<unknown[]> {
  const since = new Date(Date.now() - 86_400_000).toISOString();
  const query = new URLSearchParams({ deviceID, eventType: 'temp_celsius', since });
  const headers = { 'x-api-key': API_KEY };
  const response = await fetch(`${service.url()}/events?${query}`, { headers });
  const { events } = (await response.json()) as { events: { value: unknown }[] };
  return events.map(({ value }) => value);
}
