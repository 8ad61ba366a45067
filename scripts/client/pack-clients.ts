import { cpSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { isCurrent } from '../shared/is-current.ts';
import { buildClient } from './build-client.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLIENTS = join(ROOT, 'clients');

/** What the packages are made of; not their folders, which have built files as well. */
export const CLIENT_SOURCES = [
  'LICENSE',
  'clients/c/Makefile',
  'clients/c/README.md',
  'clients/c/iot_events.c',
  'clients/c/iot_events.h',
  'clients/c/iot_events_http.c',
  'clients/c/iot_events_http.h',
  'clients/c/platforms',
  'clients/typescript/README.md',
  'clients/typescript/package.json',
  'clients/typescript/src',
  'examples/c-client/arduino',
  'generated/client-operations.ts',
  'generated/openapi.ts',
  'scripts/client',
];

/**
 * Packs the clients for who has the site alone, unless dist/clients is up to date: the tarball of npm, and the zip of the
 * C client, where make and Python are installed. Returns the files by their paths in the site.
 */
export const packClients = async (): Promise<[path: string, content: Uint8Array][]> => {
  const packed = join(ROOT, 'dist/clients');
  if (!isCurrent(packed, CLIENT_SOURCES)) await pack(packed);
  const files = (await readdir(packed)).map(
    async (name): Promise<[string, Uint8Array]> => [
      `clients/${name}`,
      await readFile(join(packed, name)),
    ],
  );
  return Promise.all(files);
};

/** Replaces each file at once: another process may read it, or do the same. */
async function pack(packed: string): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'iot-events-clients-'));
  const made = join(work, 'made');
  try {
    await mkdir(made);
    await packTypescript(join(work, 'typescript'), made);
    await packC(join(work, 'c'), made);
    await mkdir(packed, { recursive: true });
    const names = await readdir(made);
    for (const name of names) {
      const aside = `${packed}-${process.pid}-${name}`;
      await copyFile(join(made, name), aside);
      await rename(aside, join(packed, name));
    }
    const old = (await readdir(packed)).filter((name) => !names.includes(name));
    for (const name of old) await rm(join(packed, name), { force: true });
  } finally {
    await rm(work, { recursive: true });
  }
}

async function packTypescript(directory: string, target: string): Promise<void> {
  for (const name of ['package.json', 'README.md', 'LICENSE']) {
    cpSync(join(CLIENTS, 'typescript', name), join(directory, name));
  }
  await buildClient(directory);
  // Its scripts would build it once more.
  const options = ['--ignore-scripts', '--silent', '--pack-destination', target];
  await execa('npm', ['pack', ...options], { cwd: directory });
}

async function packC(directory: string, target: string): Promise<void> {
  try {
    await execa('make', ['-s', 'zip', `OUT=${directory}`], { cwd: join(CLIENTS, 'c') });
  } catch (error) {
    const [reason] = String((error as Error).message).split('\n');
    console.warn(`The docs lack the C client's zip, which make and python3 write: ${reason}`);
    return;
  }
  const [zip = ''] = (await readdir(directory)).filter((name) => name.endsWith('.zip'));
  cpSync(join(directory, zip), join(target, zip));
}
