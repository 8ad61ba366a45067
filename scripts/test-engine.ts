import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { commands } from './command-line/commands.ts';
import { readCommand } from './command-line/read-command.ts';
import { findEngine } from './engine/find-engine.ts';
import { startEngine } from './engine/start-engine.ts';

/** The tests that depend on what the database does, and those of starting a mongod. */
const TESTS = [
  'test/access',
  'test/database',
  'test/events',
  'test/faults',
  'test/handlers',
  'test/migration',
  'test/model',
  'test/local/mongod.test.ts',
];

const { words: given } = readCommand('test:engine', commands['test:engine']);
const directory = mkdtempSync(join(tmpdir(), 'iot-events-engine-'));
// Ctrl-C reaches vitest and the engine, too; what they leave is removed here.
process.on('SIGINT', () => undefined);
try {
  const program = await findEngine((progress) => console.log(progress));
  const engine = await startEngine(program, directory);
  // Such as a path that narrows the tests down, or a reporter.
  const paths = given.some((argument) => !argument.startsWith('-')) ? [] : TESTS;
  const args = ['run', '--tags-filter=!long or engine', '--testTimeout=60000', ...paths, ...given];
  const env = { MONGODB_URI: engine.uri, SECANTUSD_BINARY: program };
  const options = { preferLocal: true, stdio: 'inherit', reject: false, env } as const;
  const { exitCode } = await execa('vitest', args, options);
  await engine.stop();
  process.exitCode = exitCode ?? 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
