import { join } from 'node:path';
import { execa } from 'execa';
import { SDKS } from '../places.ts';
import { once } from './once.ts';

const REQUIREMENTS = join(SDKS, 'requirements.txt');

/** Installs the virtual environment; returns the folder of its programs. */
export const installPython = async (): Promise<string> => {
  const venv = await once('venv', REQUIREMENTS, async (directory) => {
    await execa('python3', ['-m', 'venv', directory]);
    const pip = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--requirement', REQUIREMENTS];
    await execa(join(directory, 'bin/python'), pip);
  });
  return join(venv, 'bin');
};

/** Type-checks a driver against the SDK in the directory, but not the SDK itself; returns the start command. */
export const checkPython = async (name: string, directory: string): Promise<string[]> => {
  const bin = await installPython();
  const driver = join(SDKS, name, 'driver.py');
  const path = `${directory}:${join(SDKS, 'harness')}`;
  const cache = join(directory, '.mypy_cache');
  await execa(join(bin, 'mypy'), ['--follow-imports=silent', '--cache-dir', cache, driver], {
    env: { MYPYPATH: path },
  });
  return ['env', `PYTHONPATH=${path}`, join(bin, 'python'), driver];
};
