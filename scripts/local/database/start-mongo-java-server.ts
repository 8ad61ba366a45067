import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { databaseNames } from '../../../src/names/database-names.ts';
import type { Database, Report } from './database.ts';
import { isAlive } from './is-alive.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const POM = join(HERE, 'pom.xml');
const SOURCES = readdirSync(HERE)
  .filter((name) => name.endsWith('.java'))
  .map((name) => join(HERE, name));
const CACHE = join(HERE, '../../../node_modules/.cache/mongo-java-server');

/**
 * Starts mongo-java-server on an H2 file. It implements as much of MongoDB as the event store needs.
 * @param isDurable whether the file has a write before it is acknowledged, instead of a second later
 */
export const startMongoJavaServer = async (
  directory: string,
  report: Report,
  isDurable: boolean,
): Promise<Database & { pid: number }> => {
  const classes = await install(report);
  const file = join(directory, 'events.h2');
  // Detached, since Ctrl-C would otherwise end it before the last events are on disk. It ends with its input.
  const java = spawn(
    'java',
    [
      '-Dslf4j.internal.verbosity=ERROR',
      '-cp',
      `${classes}/*:${classes}`,
      'MongoJavaServer',
      file,
      ...(isDurable ? [] : ['fast']),
    ],
    { detached: true },
  );
  const complaints: string[] = [];
  java.stderr.on('data', (data) => complaints.push(String(data).replace(/^NOTE: .*\n/gm, '')));
  const closed = once(java, 'close').then(([code, signal]) => {
    if (signal) return `killed by ${signal}`;
    const complaint = complaints
      .join('')
      .trim()
      .replaceAll(/\s*\n\s*/g, '; ');
    return complaint || `exit code ${code}`;
  });
  const port = await readPort(java, closed);
  let isStopping = false;
  return {
    uri: `mongodb://127.0.0.1:${port}/${databaseNames.database}`,
    engine: 'mongo-java-server 1.47.0',
    pid: Number(java.pid),
    ended: new Promise((resolve) => {
      closed.then((cause) => isStopping || resolve(cause));
    }),
    async stop() {
      isStopping = true;
      java.stdin.end();
      await closed;
    },
  };
};

const TICK_MS = 10_000;

/**
 * Fetches the library and compiles the sources beside this file, once for each version of them. Returns the
 * directory with the classes, which appears only when it is complete.
 */
async function install(report: Report): Promise<string> {
  const hash = createHash('sha256');
  for (const file of [POM, ...SOURCES]) hash.update(readFileSync(file));
  const directory = join(CACHE, hash.digest('hex').slice(0, 12));
  removeLeftovers();
  if (existsSync(directory)) return directory;
  const fresh = `${directory}.${process.pid}`;
  report('Fetching mongo-java-server from Maven Central: 31 MB, once, within a minute or two');
  const started = performance.now();
  const ticks = setInterval(() => {
    report(`Still fetching, for ${Math.round((performance.now() - started) / 1_000)} s`);
  }, TICK_MS);
  await run('mvn', [
    '--quiet',
    '--batch-mode',
    '--file',
    POM,
    `-DoutputDirectory=${fresh}`,
    'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies',
  ]).finally(() => clearInterval(ticks));
  await run('javac', ['-cp', `${fresh}/*`, '-d', fresh, ...SOURCES]);
  if (existsSync(directory)) rmSync(fresh, { recursive: true });
  else renameSync(fresh, directory);
  return directory;
}

/** A fetch that was broken off leaves its directory, which is named after its process. */
function removeLeftovers(): void {
  for (const name of existsSync(CACHE) ? readdirSync(CACHE) : []) {
    const [, pid] = /\.(\d+)$/.exec(name) ?? [];
    if (pid && !isAlive(Number(pid))) rmSync(join(CACHE, name), { recursive: true, force: true });
  }
}

async function run(command: string, args: string[]): Promise<void> {
  try {
    await execa(command, args);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Error(`${command} is not installed`, { cause: error });
  }
}

async function readPort(
  java: ChildProcessWithoutNullStreams,
  closed: Promise<string>,
): Promise<string> {
  for await (const line of createInterface(java.stdout)) {
    const [, port] = /^port (\d+)$/.exec(line) ?? [];
    if (!port) continue;
    // Otherwise its end would never be read.
    java.stdout.resume();
    return port;
  }
  throw new Error(`java failed: ${await closed}`);
}
