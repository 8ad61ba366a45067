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

const HERE = dirname(fileURLToPath(import.meta.url));
const POM = join(HERE, 'pom.xml');
const SOURCES = readdirSync(HERE)
  .filter((name) => name.endsWith('.java'))
  .map((name) => join(HERE, name));
const CACHE = join(HERE, '../../../node_modules/.cache/mongo-java-server');

/**
 * Starts mongo-java-server on an H2 file. It implements as much of MongoDB as the event store needs.
 */
export const startMongoJavaServer = async (
  directory: string,
  report: Report,
): Promise<Database> => {
  const classes = await install(report);
  const file = join(directory, 'events.h2');
  // Detached, since Ctrl-C would otherwise end it before the last events are on disk. It ends with its input.
  const java = spawn('java', ['-cp', `${classes}/*:${classes}`, 'MongoJavaServer', file], {
    detached: true,
  });
  const port = await readPort(java);
  return {
    uri: `mongodb://127.0.0.1:${port}/${databaseNames.database}`,
    engine: 'mongo-java-server 1.47.0',
    stop: () => stop(java),
  };
};

/**
 * Fetches the library and compiles the sources beside this file, once for each version of them. Returns the
 * directory with the classes, which appears only when it is complete.
 */
async function install(report: Report): Promise<string> {
  const hash = createHash('sha256');
  for (const file of [POM, ...SOURCES]) hash.update(readFileSync(file));
  const directory = join(CACHE, hash.digest('hex').slice(0, 12));
  if (existsSync(directory)) return directory;
  const fresh = `${directory}.${process.pid}`;
  report('Fetching mongo-java-server from Maven Central (6 MB, once)');
  await run('mvn', [
    '--quiet',
    '--batch-mode',
    '--file',
    POM,
    `-DoutputDirectory=${fresh}`,
    'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies',
  ]);
  await run('javac', ['-cp', `${fresh}/*`, '-d', fresh, ...SOURCES]);
  if (existsSync(directory)) rmSync(fresh, { recursive: true });
  else renameSync(fresh, directory);
  return directory;
}

async function run(command: string, args: string[]): Promise<void> {
  try {
    await execa(command, args);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Error(`${command} is not installed`, { cause: error });
  }
}

async function readPort(java: ChildProcessWithoutNullStreams): Promise<string> {
  const complaints: string[] = [];
  java.stderr.on('data', (data) => complaints.push(String(data)));
  const failed = once(java, 'close').then(() => undefined);
  for (;;) {
    const line = await Promise.race([once(createInterface(java.stdout), 'line'), failed]);
    const [, port] = /^port (\d+)$/.exec(String(line)) ?? [];
    if (port) return port;
    if (!line) throw new Error(`java failed: ${complaints.join('').trim()}`);
  }
}

async function stop(java: ChildProcessWithoutNullStreams): Promise<void> {
  if (java.exitCode !== null || java.signalCode !== null) return;
  const closed = once(java, 'close');
  java.stdin.end();
  await closed;
}
